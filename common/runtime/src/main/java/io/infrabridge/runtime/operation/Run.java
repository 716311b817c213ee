package io.infrabridge.runtime.operation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
    private static final String TIMEOUT = "timeout";
    private static final int TIMED = 4;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
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

    /** Every program that it starts: timeout(1) starts another, whose name is looked at as the first one's is. */
    public List<String> programs() {
        if (!program().equals(TIMEOUT)) {
            return List.of(program());
        }
        // as all operations write it: timeout -k SECONDS SECONDS PROGRAM
        boolean understood = argv.size() > TIMED
                && argv.get(1).equals("-k")
                && NUMBER.matcher(argv.get(2)).matches()
                && NUMBER.matcher(argv.get(3)).matches();
        return understood && !argv.get(TIMED).equals(TIMEOUT)
                ? List.of(TIMEOUT, argv.get(TIMED))
                : List.of("what " + String.join(" ", argv) + " starts");
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
