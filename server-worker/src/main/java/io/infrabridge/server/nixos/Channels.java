package io.infrabridge.server.nixos;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The channels that a NixOS host is built from; see nix-channel(1). All of them together are a profile of root, of which a fetch
 * that brings something makes a generation.
 *
 * @param current the number of the generation that is used; absent on a host without channels
 * @param kept the numbers of all
 * @param touched whether somebody has fetched them, or gone back, a short while ago
 */
record Channels(Optional<Long> current, SortedSet<Long> kept, boolean touched) {
    static final int LOOKS = 2;

    private static final String OF_ROOT = NixosFiles.PROFILES + "/per-user/root";
    private static final Pattern CURRENT = Pattern.compile("channels channels-(\\d{1,18})-link");
    private static final Pattern KEPT = Pattern.compile("channels-(\\d{1,18})-link /.*");
    private static final String WHY = "the whole host is built from the channels of root";
    /** What was fetched within an hour would otherwise not be asked for again. */
    private static final String FETCH = "nix-channel --option tarball-ttl 0 --update";

    private static final String BACK = "nix-channel --rollback ";

    static final String[] AS_ROOT = {FETCH, BACK + "<number>"};

    Channels {
        kept = Collections.unmodifiableSortedSet(new TreeSet<>(kept));
    }

    /** nix-channel makes the link anew with every fetch, also where it brings nothing. */
    static List<Run> looks(int minutes) {
        return List.of(
                Run.of(
                                "List what was fetched of the channels",
                                "find",
                                OF_ROOT,
                                "-maxdepth",
                                "1",
                                "-name",
                                "channels*",
                                "-printf",
                                "%f %l\\n")
                        .accepting(0, 1),
                Run.of(
                                "See whether the channels were fetched within " + minutes + " minutes",
                                "find",
                                OF_ROOT + "/channels",
                                "-maxdepth",
                                "0",
                                "-mmin",
                                "-" + minutes)
                        .accepting(0, 1));
    }

    static Channels seen(Probed probed, int first) {
        Optional<Long> current = Optional.empty();
        SortedSet<Long> kept = new TreeSet<>();
        for (String line : probed.get(first).lines()) {
            Matcher pointing = CURRENT.matcher(line);
            Matcher one = KEPT.matcher(line);
            if (pointing.matches()) {
                current = Optional.of(Long.parseLong(pointing.group(1)));
            } else if (one.matches()) {
                kept.add(Long.parseLong(one.group(1)));
            }
        }
        Output recently = probed.get(first + 1);
        return new Channels(current, kept, !recently.text().isBlank());
    }

    /** Whoever has gone back to an earlier generation has fetched nothing. */
    boolean fresh() {
        return touched
                && current.filter(number -> kept.tailSet(number + 1).isEmpty()).isPresent();
    }

    static Run fetch() {
        return run("Fetch the newest revision of the channels", FETCH).within(Duration.ofMinutes(10));
    }

    /** To the generation that these are. */
    List<Step> back() {
        return current.stream()
                .<Step>map(number -> run("Go back to what was fetched of the channels before", BACK + number))
                .toList();
    }

    private static Run run(String description, String command) {
        return Run.of(description, command.split(" ")).asRoot(WHY);
    }
}
