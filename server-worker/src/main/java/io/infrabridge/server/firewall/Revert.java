package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.operation.WaitFor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What takes a change of a rule back on the host by itself, unless it is called off: timers of systemd, named after the rule, so that
 * whoever comes after a worker that died finds them; see systemd-run(1).
 */
record Revert(String name) {
    static final String PREFIX = "infrabridge-revert-";
    static final String STOP = "systemctl stop -- " + PREFIX + "<unit>";
    private static final String WHY = "the firewall must open again even where nobody can come to it";
    private static final int MOST = 2;
    /** systemctl says so of a unit that is not loaded. */
    private static final int UNKNOWN = 5;
    /** The host takes it back within a second after its time, unless it is busy. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    static Revert of(FirewallRule rule) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(rule.text().getBytes(StandardCharsets.UTF_8));
            return new Revert(PREFIX + HexFormat.of().formatHex(hash, 0, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The shape of a command that a timer runs. */
    static String template(String command) {
        return String.join(" ", timer(PREFIX + "<unit>", "<number>")) + " " + command;
    }

    Run arm(int number, List<String> command, int seconds) {
        List<String> argv = timer(unit(number), Integer.toString(seconds));
        argv.addAll(command);
        return Run.of("Let the host take it back by itself in " + seconds + " seconds", argv)
                .asRoot(WHY)
                .undoneBy(Undo.by(stop(number).accepting(0, UNKNOWN)));
    }

    /** Fails where the timer is gone, because then the host has taken the change back. */
    Run stop(int number) {
        return Run.of("Call off the host's own way back", "systemctl", "stop", "--", unit(number) + ".timer")
                .asRoot(WHY);
    }

    Run stopStale(int number) {
        return stop(number).accepting(0, UNKNOWN);
    }

    /** Shows which timers wait and which commands of theirs run. */
    Run look() {
        List<String> argv = new ArrayList<>(List.of("systemctl", "show", "--property=Id,ActiveState", "--"));
        numbers().forEach(number -> argv.addAll(List.of(unit(number) + ".timer", unit(number) + ".service")));
        return Run.of("Look for a way back that waits", argv).accepting(0, 1, Output.NOT_FOUND);
    }

    /** Whatever becomes of the way to the host meanwhile. */
    WaitFor untilStruck(String description, int seconds) {
        return new WaitFor(
                        description,
                        look(),
                        look -> !pending(look),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(seconds).plus(GRACE))
                .throughOutages();
    }

    /** Whether the host is about to take something back, or at it. */
    boolean pending(Output look) {
        return numbers().stream().anyMatch(number -> waits(number, look) || active(unit(number) + ".service", look));
    }

    List<Integer> waiting(Output look) {
        return numbers().stream().filter(number -> waits(number, look)).toList();
    }

    private boolean waits(int number, Output look) {
        return active(unit(number) + ".timer", look);
    }

    private static boolean active(String unit, Output look) {
        if (!look.succeeded()) {
            return false;
        }
        String id = "";
        for (String line : look.lines()) {
            if (line.startsWith("Id=")) {
                id = line.substring("Id=".length()).strip();
            } else if (id.equals(unit) && line.startsWith("ActiveState=")) {
                return !List.of("inactive", "failed")
                        .contains(line.substring("ActiveState=".length()).strip());
            }
        }
        throw new UnexpectedOutput("systemctl show says nothing of " + unit);
    }

    private String unit(int number) {
        return name + "-" + number;
    }

    private static List<Integer> numbers() {
        return IntStream.rangeClosed(1, MOST).boxed().toList();
    }

    private static List<String> timer(String unit, String seconds) {
        return new ArrayList<>(List.of(
                "systemd-run",
                "--quiet",
                "--collect",
                "--unit=" + unit,
                "--timer-property=AccuracySec=100ms",
                "--on-active=" + seconds,
                "--"));
    }
}
