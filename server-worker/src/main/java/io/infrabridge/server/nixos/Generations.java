package io.infrabridge.server.nixos;

import io.infrabridge.runtime.operation.Output;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The systems that a host keeps; see nix-env(1) of profiles.
 *
 * @param current the one that is booted next; absent on a host that has none
 */
record Generations(Optional<Long> current, SortedSet<Long> kept) {
    private static final Pattern CURRENT = Pattern.compile("system system-(\\d{1,18})-link");
    private static final Pattern KEPT = Pattern.compile("system-(\\d{1,18})-link .*");

    static Generations parse(Output links) {
        Optional<Long> current = Optional.empty();
        SortedSet<Long> kept = new TreeSet<>();
        for (String line : links.lines()) {
            Matcher pointing = CURRENT.matcher(line);
            Matcher one = KEPT.matcher(line);
            if (pointing.matches()) {
                current = Optional.of(Long.parseLong(pointing.group(1)));
            } else if (one.matches()) {
                kept.add(Long.parseLong(one.group(1)));
            }
        }
        return new Generations(current, kept);
    }

    /** Where a rollback would lead: the last one before the current one, whatever was booted in between. */
    Optional<Long> previous() {
        return current.map(kept::headSet).filter(earlier -> !earlier.isEmpty()).map(SortedSet::last);
    }
}
