package io.infrabridge.verifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code java -jar audit-verifier.jar verify export.ndjson checkpoint.pub}: checks an export without database, bus or service.
 * Ends with 0 when it is whole, with 1 when it is not, with 2 when it cannot be told.
 */
public final class VerifierMain {
    private static final int WHOLE = 0;
    private static final int NOT_WHOLE = 1;
    private static final int UNUSABLE = 2;

    private VerifierMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length != 3 || !arguments[0].equals("verify")) {
            err.println("usage: java -jar audit-verifier.jar verify <export.ndjson> <checkpoint.pub>");
            return UNUSABLE;
        }
        try (BufferedReader export = Files.newBufferedReader(Path.of(arguments[1]))) {
            return tell(new ExportCheck(keys(Path.of(arguments[2]))).of(export), out);
        } catch (ExportCheck.Unusable e) {
            err.println("cannot verify " + arguments[1] + ": " + e.getMessage());
        } catch (NoSuchFileException e) {
            err.println("cannot verify: there is no file " + e.getFile());
        } catch (CharacterCodingException e) {
            err.println("cannot verify " + arguments[1] + ": it is not text in UTF-8");
        } catch (IOException e) {
            err.println("cannot verify " + arguments[1] + ": " + e.getMessage());
        }
        return UNUSABLE;
    }

    private static CheckpointKeys keys(Path file) throws IOException {
        try {
            return CheckpointKeys.pem(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new ExportCheck.Unusable(file + ": " + e.getMessage());
        }
    }

    private static int tell(Verdict verdict, PrintStream out) {
        verdict.chains().forEach(chain -> out.println(chain(chain)));
        String checked = verdict.records() + " records and " + verdict.checkpoints() + " checkpoints checked";
        Optional<Problem> problem = verdict.firstProblem();
        if (problem.isPresent()) {
            out.println("NOT VERIFIED, " + checked + ": " + problem(problem.get()));
            return NOT_WHOLE;
        }
        out.println("verified, " + checked);
        return WHOLE;
    }

    private static String chain(Verdict.CheckedChain chain) {
        return chain.chain() + ": sequences " + chain.from() + " to " + chain.to()
                + (chain.anchored() ? "" : ", what is before them was not checked")
                + chain.sealed()
                        .map(reached -> ", sealed to " + reached + " by checkpoint "
                                + chain.checkpoint().orElseThrow())
                        .orElse(", not sealed by a checkpoint");
    }

    private static String problem(Problem problem) {
        StringBuilder text = new StringBuilder(problem.kind().name().toLowerCase(java.util.Locale.ROOT));
        problem.record().ifPresent(number -> text.append(" record ").append(number));
        problem.chain().ifPresent(chain -> text.append(" of chain ").append(chain));
        problem.sequence().ifPresent(sequence -> text.append(" sequence ").append(sequence));
        problem.checkpoint().ifPresent(number -> text.append(", checkpoint ").append(number));
        return text.append(": ").append(problem.message()).toString();
    }
}
