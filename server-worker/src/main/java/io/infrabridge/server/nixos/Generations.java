package io.infrabridge.server.nixos;

import io.infrabridge.runtime.operation.Output;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The systems that a host keeps; see nix-env(1) of profiles. Which one is meant is told by its path in the store, because the same
 * system may have several numbers.
 *
 * @param current the number of the one that is booted next; absent on a host that has none
 * @param kept the path of each
 * @param active the path of the one that runs, which need not be the current one; absent where that was not seen
 */
record Generations(Optional<Long> current, SortedMap<Long, String> kept, Optional<String> active) {
    private static final Pattern CURRENT = Pattern.compile("system system-(\\d{1,18})-link");
    private static final Pattern KEPT = Pattern.compile("system-(\\d{1,18})-link (.*)");
    private static final Pattern ACTIVE = Pattern.compile("current-system (/.*)");

    static Generations parse(Output links) {
        Optional<Long> current = Optional.empty();
        Optional<String> active = Optional.empty();
        SortedMap<Long, String> kept = new TreeMap<>();
        for (String line : links.lines()) {
            Matcher pointing = CURRENT.matcher(line);
            Matcher one = KEPT.matcher(line);
            Matcher running = ACTIVE.matcher(line);
            if (pointing.matches()) {
                current = Optional.of(Long.parseLong(pointing.group(1)));
            } else if (one.matches()) {
                kept.put(Long.parseLong(one.group(1)), one.group(2));
            } else if (running.matches()) {
                active = Optional.of(running.group(1));
            }
        }
        return new Generations(current, kept, active);
    }

    /** What is booted next. */
    Optional<String> system() {
        return current.map(kept::get);
    }

    Optional<String> running() {
        return active.or(this::system);
    }

    /** Where a rollback would lead: the last one before the current one, whatever was booted in between. */
    Optional<String> previous() {
        return current.map(kept::headMap)
                .filter(earlier -> !earlier.isEmpty())
                .map(earlier -> kept.get(earlier.lastKey()));
    }

    /** Whether this one runs and is booted next. */
    boolean are(String path) {
        return running().equals(Optional.of(path)) && system().equals(running());
    }

    /** Whether nothing is left of what was done since those were seen. */
    boolean backAt(Generations before) {
        return running().equals(before.running())
                && (system().equals(before.system()) || system().equals(before.running()));
    }
}
