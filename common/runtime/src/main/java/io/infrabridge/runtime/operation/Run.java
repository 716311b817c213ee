package io.infrabridge.runtime.operation;

import io.infrabridge.contract.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.crypto.digests.SHA256Digest;

/**
 * Runs one program on the host.
 *
 * @param argv the program, by name, and its arguments; nothing else ever interprets them
 * @param sudo why it must run as root, where it must
 * @param accepted the exit statuses that count as success
 * @param limit how long it may take on the host
 * @param input what it reads from its standard input; nothing where absent
 * @param why what a failure means, where that is known better than its exit status tells
 */
public record Run(
        String description,
        List<String> argv,
        Optional<String> sudo,
        Set<Integer> accepted,
        Stop stop,
        Duration limit,
        Undo undo,
        Optional<String> input,
        Function<Output, Optional<Failure>> why)
        implements Step {
    /** In UTF-8: less than a pipe holds, so that handing it over never waits for the program; see pipe(7). */
    public static final int MOST_INPUT = 60_000;

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
        if (input.filter(text -> bytes(text).length > MOST_INPUT).isPresent()) {
            throw new IllegalArgumentException("more input than " + MOST_INPUT + " bytes");
        }
    }

    public static Run of(String description, String... argv) {
        return of(description, List.of(argv));
    }

    public static Run of(String description, List<String> argv) {
        return new Run(
                description,
                argv,
                Optional.empty(),
                Set.of(0),
                Stop.KILL,
                USUAL_LIMIT,
                Undo.none(),
                Optional.empty(),
                output -> Optional.empty());
    }

    public Run asRoot(String reason) {
        return new Run(description, argv, Optional.of(reason), accepted, stop, limit, undo, input, why);
    }

    /** Counts these exit statuses as success; {@link Output#NOT_FOUND} tolerates a program that is not installed. */
    public Run accepting(Integer... statuses) {
        return new Run(description, argv, sudo, Set.of(statuses), stop, limit, undo, input, why);
    }

    public Run within(Duration longest) {
        return new Run(description, argv, sudo, accepted, stop, longest, undo, input, why);
    }

    /** Never killed; given this long instead. */
    public Run toItsEndWithin(Duration longest) {
        return new Run(description, argv, sudo, accepted, Stop.BOUNDARY, longest, undo, input, why);
    }

    public Run undoneBy(Undo taking) {
        return new Run(description, argv, sudo, accepted, stop, limit, taking, input, why);
    }

    /** It reads this from its standard input, such as the content of a file for {@code install … /dev/stdin}. */
    public Run reading(String text) {
        return new Run(description, argv, sudo, accepted, stop, limit, undo, Optional.of(text), why);
    }

    /** Where it fails, this says why for what it understands. */
    public Run explainedBy(Function<Output, Optional<Failure>> reason) {
        return new Run(description, argv, sudo, accepted, stop, limit, undo, input, reason);
    }

    public String program() {
        return argv.get(0);
    }

    /** Every program that it starts: some start another, whose name is looked at as the first one's is. */
    public List<String> programs() {
        return Starter.programs(argv);
    }

    /** The argument vector; what it reads is told by its digest, so that other content is another command. */
    @Override
    public List<String> command() {
        if (input.isEmpty()) {
            return argv;
        }
        List<String> told = new ArrayList<>(argv);
        told.add("< sha256:" + sha256(bytes(input.get())));
        return List.copyOf(told);
    }

    @Override
    public boolean accepts(Output output) {
        return accepted.contains(output.status());
    }

    @Override
    public Optional<Failure> explain(Output output) {
        return why.apply(output);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(bytes, 0, bytes.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return HexFormat.of().formatHex(hash);
    }
}
