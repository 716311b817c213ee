package io.infrabridge.runtime.operation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs one program on the host.
 *
 * @param argv the program, by name, and its arguments; nothing else ever interprets them
 * @param sudo why it must run as root, where it must
 * @param accepted the exit statuses that count as success
 * @param limit how long it may take on the host
 */
public record Run(
        String description,
        List<String> argv,
        Optional<String> sudo,
        Set<Integer> accepted,
        Stop stop,
        Duration limit,
        Undo undo)
        implements Step {
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(30);

    public Run {
        description = Step.brief(description);
        argv = List.copyOf(argv);
        accepted = Set.copyOf(accepted);
        if (argv.isEmpty() || !argv.get(0).matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
            throw new IllegalArgumentException("a program is named, not located: " + argv);
        }
        if (argv.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("an argument with a NUL");
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be positive");
        }
    }

    public static Run of(String description, String... argv) {
        return of(description, List.of(argv));
    }

    public static Run of(String description, List<String> argv) {
        return new Run(description, argv, Optional.empty(), Set.of(0), Stop.KILL, USUAL_LIMIT, Undo.none());
    }

    public Run asRoot(String reason) {
        return new Run(description, argv, Optional.of(reason), accepted, stop, limit, undo);
    }

    /** Counts these exit statuses as success; {@link Output#NOT_FOUND} tolerates a program that is not installed. */
    public Run accepting(Integer... statuses) {
        return new Run(description, argv, sudo, Set.of(statuses), stop, limit, undo);
    }

    public Run within(Duration longest) {
        return new Run(description, argv, sudo, accepted, stop, longest, undo);
    }

    /** Never killed; given this long instead. */
    public Run toItsEndWithin(Duration longest) {
        return new Run(description, argv, sudo, accepted, Stop.BOUNDARY, longest, undo);
    }

    public Run undoneBy(Undo taking) {
        return new Run(description, argv, sudo, accepted, stop, limit, taking);
    }

    public String program() {
        return argv.get(0);
    }

    @Override
    public List<String> command() {
        return argv;
    }

    @Override
    public boolean accepts(Output output) {
        return accepted.contains(output.status());
    }
}
