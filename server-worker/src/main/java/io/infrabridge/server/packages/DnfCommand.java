package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command lines of dnf(8) that root runs. */
final class DnfCommand {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** The exit status of dnf for a lock that another one holds. */
    private static final int LOCKED = 200;

    /** The package lists as they are, however old: what is planned and what is done must see the same ones. */
    private static final List<String> USUAL = List.of("--setopt=*.metadata_expire=-1", "--setopt=exit_on_lock=True");

    private DnfCommand() {}

    /** Asked again for a minute where another package manager is at work. */
    static Step simulate(String description, String verb, List<String> options, List<String> names) {
        Run look = Run.of(description, command(true, verb, options, names))
                .asRoot("dnf tells only root what it would do")
                .within(Duration.ofMinutes(2))
                .accepting(0, 1, LOCKED)
                .explainedBy(Locks::explain);
        return new WaitFor(
                description, look, output -> output.status() != LOCKED, Duration.ofSeconds(3), Duration.ofMinutes(1));
    }

    static Run change(String description, String verb, List<String> options, List<String> names) {
        return Run.of(description, command(false, verb, options, names))
                .asRoot("packages belong to the whole host")
                .toItsEndWithin(LONGEST)
                .explainedBy(Locks::explain);
    }

    /** What is run as root, with names. */
    static String shape(boolean simulated, String verb, List<String> options) {
        return String.join(" ", command(simulated, verb, options, List.of("<rpm>...")));
    }

    /** What is run as root with exactly these names, or with none. */
    static String shapeOf(boolean simulated, String verb, List<String> options, String... names) {
        return String.join(" ", command(simulated, verb, options, List.of(names)));
    }

    private static List<String> command(boolean simulated, String verb, List<String> options, List<String> names) {
        List<String> argv = new ArrayList<>(List.of("dnf", simulated ? "--assumeno" : "-y"));
        argv.addAll(USUAL);
        argv.add(verb);
        argv.addAll(options);
        if (!names.isEmpty()) {
            argv.add("--");
            argv.addAll(names);
        }
        return argv;
    }
}
