package io.infrabridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a program may say instead of what was captured from it: cut, in another language, with other ends of lines, with control
 * characters, with numbers that no computer has, ten megabytes long. A parser makes a value of it or throws
 * {@link UnexpectedOutput}, and nothing else, in bounded time.
 */
public final class OddOutput {
    private static final int TURNS = 400;
    private static final int HUGE = 10 * 1024 * 1024;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\t",
            "\r",
            "\u0000",
            "\u001b[31m",
            "\u202e",
            "\ud800",
            "\u0085",
            "é",
            "٣",
            "-1",
            "9".repeat(40),
            "NaN",
            "1e999",
            "0x7f",
            "1,5",
            "..",
            "-",
            "%s",
            "\"",
            "\\",
            "{",
            "]",
            ":",
            "=",
            "Fehler: Zugriff verweigert");

    private final List<Output> captured;

    private OddOutput(List<Output> captured) {
        this.captured = captured;
    }

    /** All that can be made of these, which the parser reads as they are. */
    public static OddOutput of(Output... captured) {
        return new OddOutput(List.of(captured));
    }

    /** Fails with the text that the parser did not survive. */
    public void isReadOrRefused(Consumer<Output> parser) {
        captured.forEach(parser);
        for (Output each : captured) {
            fixed(each).forEach(odd -> survives(parser, odd));
            // the same turns at every run, so that what fails fails again
            Random random = new Random(each.text().hashCode());
            for (int turn = 0; turn < TURNS; turn++) {
                survives(parser, said(each, changed(each.text(), random), random.nextInt(8) == 0));
            }
        }
    }

    private static void survives(Consumer<Output> parser, Output odd) {
        if (odd.text().length() < HUGE / 2) {
            read(parser, odd);
        } else {
            assertTimeoutPreemptively(LONGEST, () -> read(parser, odd));
        }
    }

    private static void read(Consumer<Output> parser, Output odd) {
        try {
            parser.accept(odd);
        } catch (UnexpectedOutput refused) {
            assertThat(refused.getMessage()).isNotBlank();
        } catch (RuntimeException | StackOverflowError e) {
            String beginning = odd.text().substring(0, Math.min(2000, odd.text().length()));
            throw new AssertionError(
                    "not survived: status " + odd.status() + ", " + odd.text().length() + " characters: " + beginning,
                    e);
        }
    }

    private static Stream<Output> fixed(Output each) {
        String text = each.text();
        Stream<String> texts = Stream.of(
                "",
                "\n\n \n",
                "\u0000",
                text.replace("\n", "\r\n"),
                text.replace("\n", "\r"),
                text.replace('\n', ' '),
                text.replace(' ', '\t'),
                text.replaceAll("[0-9]+", "9".repeat(40)),
                text.replaceAll("[0-9]+", "-7"),
                text.replaceAll("[0-9]", "٣"),
                text.replace('.', ','),
                text.replaceAll("[A-Za-z]", "ü"),
                text.toUpperCase(java.util.Locale.ROOT),
                "\ufeff" + text,
                text + text);
        Stream<String> huge = Stream.of(
                "x".repeat(HUGE),
                " ".repeat(HUGE),
                "1".repeat(HUGE),
                "{\"a\":[".repeat(HUGE / 6),
                "a b\n".repeat(HUGE / 4),
                text.repeat(HUGE / Math.max(1, text.length())),
                text.strip().replace("\n", " ").repeat(HUGE / Math.max(1, text.length())));
        return Stream.concat(
                Stream.concat(
                        texts.flatMap(odd -> Stream.of(said(each, odd, false), said(each, odd, true))),
                        huge.map(odd -> said(each, odd, false))),
                Stream.of(
                        Output.failed(Output.NOT_FOUND, "not found"),
                        Output.failed(1, "Zugriff verweigert"),
                        Output.failed(255, ""),
                        new Output(1, text, each.error(), false)));
    }

    private static Output said(Output like, String text, boolean truncated) {
        return new Output(like.status(), text, like.error(), truncated);
    }

    private static String changed(String text, Random random) {
        String changed = text;
        for (int i = 0; i <= random.nextInt(3); i++) {
            List<UnaryOperator<String>> ways = List.of(
                    said -> said.substring(0, at(said, random)),
                    said -> said.substring(at(said, random)),
                    said -> replaced(said, random, " "),
                    said -> replaced(said, random, "\n"),
                    said -> replaced(said, random, ":"),
                    said -> {
                        int place = at(said, random);
                        return said.substring(0, place) + piece(random) + said.substring(place);
                    });
            changed = ways.get(random.nextInt(ways.size())).apply(changed);
        }
        return changed;
    }

    /** One of the parts is another one, twice there, or gone. */
    private static String replaced(String text, Random random, String between) {
        List<String> parts = new ArrayList<>(Arrays.asList(text.split(between, -1)));
        int place = random.nextInt(parts.size());
        switch (random.nextInt(4)) {
            case 0 -> parts.remove(place);
            case 1 -> parts.add(place, parts.get(random.nextInt(parts.size())));
            default -> parts.set(place, piece(random));
        }
        return parts.stream().collect(Collectors.joining(between));
    }

    private static int at(String text, Random random) {
        return random.nextInt(text.length() + 1);
    }

    private static String piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }
}
