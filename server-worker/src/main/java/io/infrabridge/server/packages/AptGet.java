package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command lines of apt-get(8). */
final class AptGet {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** The exit status of apt-get for all that it will not do. */
    private static final int REFUSED = 100;

    /** A pause for another package manager that holds the lock, such as unattended-upgrades. */
    private static final List<String> USUAL = List.of("-y", "-q", "-o", "DPkg::Lock::Timeout=60");

    private AptGet() {}

    /** These options, and those that answer the questions about changed configuration files. */
    static List<String> keepingConfiguration(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"));
        return List.copyOf(all);
    }

    static Run simulate(String description, String verb, List<String> options, List<String> names) {
        return Run.of(description, command(verb, true, options, names))
                .within(Duration.ofMinutes(2))
                .accepting(0, REFUSED);
    }

    static Run change(String description, String verb, List<String> options, List<String> names) {
        return Run.of(description, command(verb, false, options, names))
                .asRoot("packages belong to the whole host")
                .toItsEndWithin(LONGEST)
                .explainedBy(Locks::explain);
    }

    /** What {@link #change} runs as root, with names. */
    static String shape(String verb, List<String> options) {
        return String.join(" ", command(verb, false, options, List.of("<package>...")));
    }

    /** What {@link #change} runs as root, without names. */
    static String shapeOfAll(String verb, List<String> options) {
        return String.join(" ", command(verb, false, options, List.of()));
    }

    private static List<String> command(String verb, boolean simulated, List<String> options, List<String> names) {
        List<String> argv = new ArrayList<>(List.of("apt-get", verb));
        if (simulated) {
            argv.add("-s");
        }
        argv.addAll(USUAL);
        argv.addAll(options);
        if (!names.isEmpty()) {
            argv.add("--");
            argv.addAll(names);
        }
        return argv;
    }
}
