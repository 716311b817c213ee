package io.infrabridge.runtime.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.runtime.value.Secret;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisclosureTest {
    static final List<String> CANARIES = Canaries.TEXTS;

    private final Disclosure disclosure = Disclosure.usual();

    @ParameterizedTest
    @FieldSource("CANARIES")
    void tellsNoSecretInAnyText(String said) {
        for (String text : List.of(said, "before " + said, "a\nb " + said + "\nafter", said + " " + said)) {
            assertThat(disclosure.text(text))
                    .satisfies(told -> assertThat(Canaries.seenIn(told)).isFalse());
            assertThat(disclosure
                            .failure(Failure.of(Category.COMMAND_FAILED, text, text))
                            .toString())
                    .satisfies(told -> assertThat(Canaries.seenIn(told)).isFalse());
            assertThat(disclosure
                            .tree(Json.tree(List.of(Json.object().put(text, text))))
                            .toString())
                    .satisfies(told -> assertThat(Canaries.seenIn(told)).isFalse());
            assertThat(disclosure.step(step(text)).toString())
                    .satisfies(told -> assertThat(Canaries.seenIn(told)).isFalse());
        }
    }

    @ParameterizedTest
    @FieldSource("CANARIES")
    void tellsNoSecretInALineOfTheLog(String said) {
        ExtLogRecord formatted = new ExtLogRecord(Level.INFO, "host said %s", ExtLogRecord.FormatStyle.PRINTF, "x");
        formatted.setParameters(new Object[] {said});
        ExtLogRecord thrown = new ExtLogRecord(Level.INFO, "broken", "x");
        thrown.setThrown(new IllegalStateException(said, new IllegalArgumentException(said)));
        LogRecord plain = new LogRecord(Level.INFO, said);

        for (LogRecord record : List.of(formatted, thrown, plain)) {
            assertThat(new DisclosedLog().isLoggable(record)).isTrue();
            String line =
                    record instanceof ExtLogRecord extended ? extended.getFormattedMessage() : record.getMessage();
            assertThat(Canaries.seenIn(line + record.getThrown())).isFalse();
        }
        assertThat(thrown.getMessage()).contains("broken").contains("IllegalStateException");
    }

    @Test
    void leavesLinesOfTheLogWithoutSecretsAsTheyAre() {
        IllegalStateException cause = new IllegalStateException("no route");
        LogRecord record = new ExtLogRecord(Level.INFO, "host %s", ExtLogRecord.FormatStyle.PRINTF, "x");
        record.setThrown(cause);

        assertThat(new DisclosedLog().isLoggable(record)).isTrue();
        assertThat(record.getThrown()).isSameAs(cause);
        assertThat(record.getMessage()).isEqualTo("host %s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sudo: a password is required",
                "The token or certificate in its kubeconfig may have expired.",
                "Bearer authentication is needed",
                "See https://example.com:8443/a?b=c@d for it",
                "user@host:/srv/data",
                "Only one of key, secret and token",
                "deployments:eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MTIzfQ",
                "ID=debian",
                "$6 and $PATH",
                "Pr\u00fcfung \u65e5\u672c \ud83d\ude42\n\tindented"
            })
    void leavesWhatIsNoSecretAsItIs(String text) {
        assertThat(disclosure.text(text)).isEqualTo(text);
    }

    @Test
    void keepsWhatStandsAroundASecret() {
        assertThat(disclosure.text("mount -o user=u,password=x,vers=3 //a/b"))
                .isEqualTo("mount -o user=u,password=[redacted],vers=3 //a/b");
        assertThat(disclosure.text("https://u:p@host/x")).isEqualTo("https://u:[redacted]@host/x");
        assertThat(disclosure.text("Authorization: Bearer abc")).isEqualTo("Authorization: Bearer [redacted]");
    }

    record Login(String user, @Secret String phrase, @Secret Optional<List<PackageName>> namesToHide, int times) {}

    @Test
    void neverTellsAnArgumentThatIsSecret() {
        Disclosure own = Disclosure.of(new Login(
                "infra",
                "open sesame",
                Optional.of(List.of(new PackageName("hidden"), new PackageName("hidden2"))),
                3));

        assertThat(own.text("infra said open sesame to hidden2 and hidden, 3 times"))
                .isEqualTo("infra said [redacted] to [redacted] and [redacted], 3 times");
        assertThat(own.step(step("open sesame")).command())
                .contains("[redacted]")
                .doesNotContain("open sesame");
        assertThat(Disclosure.of(new Login("infra", "", Optional.empty(), 3)).text("infra"))
                .isEqualTo("infra");
        assertThat(Disclosure.of(new PackageName("nginx"))).isSameAs(Disclosure.usual());
    }

    @Test
    void hidesTheArgumentAfterAnOptionThatAnnouncesASecret() {
        StepReport step = new StepReport(
                StepReport.Phase.CHANGE,
                "x",
                List.of("tool", "--admin-password", "x y", "-v", "--token-file", "/run/t", "--name", "web"),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(List.of("tool", "--secret", "z")),
                Optional.empty());

        assertThat(disclosure.step(step).command())
                .containsExactly(
                        "tool", "--admin-password", "[redacted]", "-v", "--token-file", "[redacted]", "--name", "web");
        assertThat(disclosure.step(step).undo()).containsExactly(List.of("tool", "--secret", "[redacted]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31mred\u001b[0m",
                "\u001b]0;title\u0007red",
                "\u001b]8;;http://evil\u001b\\red",
                "\u001bPq#0\u001b\\red",
                "\u009b31mred",
                "r\u0008e\u0000d\u007f",
                "\u202ered\u202c",
                "r\u200be\u200cd\ufeff",
                "\ud83dred",
                "r\ufe0fed\udb40\udd00",
                "\udb40\udc41red",
                "\u2066red\u2069",
                "\u001bcred",
                "red\u001b",
                "red\r",
                "\u3164red\ue000"
            })
    void showsOnlyWhatAPersonWouldSee(String text) {
        assertThat(disclosure.text(text)).isEqualTo("red");
    }

    /** Letters and marks that show nothing, and those beside them in the tables, which do. */
    @Test
    void leavesOutWhatShowsNothing() {
        for (int hidden : new int[] {
            0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180f, 0x2800, 0x3164, 0xfe00, 0xfe0f, 0xffa0,
            0xe0100, 0xe01ef
        }) {
            assertThat(disclosure.text("a" + Character.toString(hidden) + "b")).isEqualTo("ab");
        }
        for (int seen : new int[] {
            0x034e, 0x0350, 0x115e, 0x1161, 0x17b3, 0x17b6, 0x180a, 0x1810, 0x2801, 0x3163, 0x3165, 0xfdfd, 0xfe10,
            0xff9f, 0xffa1
        }) {
            String text = "a" + Character.toString(seen) + "b";
            assertThat(disclosure.text(text)).isEqualTo(text);
        }
        assertThat(disclosure.text("a\u2028b\u2029c")).isEqualTo("a\nb\nc");
    }

    @Test
    void cutsNoCharacterInTwo() {
        String half = "a".repeat(Disclosure.LONGEST - Disclosure.END.length() - 1);
        assertThat(disclosure.text(half + "\ud83d\ude42".repeat(40))).isEqualTo(half + Disclosure.END);
    }

    @Test
    void letsALineWithoutWordsThrough() {
        LogRecord record = new LogRecord(Level.INFO, null);
        assertThat(new DisclosedLog().isLoggable(record)).isTrue();
        assertThat(record.getMessage()).isNull();
    }

    @Test
    void endsEveryTextAtALength() {
        String told = disclosure.text("a".repeat(10_000_000));
        assertThat(told).hasSize(Disclosure.LONGEST).endsWith(Disclosure.END);
        assertThat(disclosure.text("a\ud83d\ude42".repeat(Disclosure.LONGEST))).satisfies(text -> {
            assertThat(text.length()).isLessThanOrEqualTo(Disclosure.LONGEST);
            assertThat(text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE))
                    .isTrue();
        });
        assertThat(disclosure
                        .failure(Failure.of(Category.COMMAND_FAILED, "pwd=a ".repeat(660), ""))
                        .message())
                .hasSizeLessThanOrEqualTo(4000);
        assertThat(disclosure.step(step("pwd=a ".repeat(160))).description()).hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void saysThatThereIsNothingToShow() {
        assertThat(disclosure
                        .failure(Failure.of(Category.COMMAND_FAILED, "\u001b[0m", "\u200b"))
                        .message())
                .isEqualTo("(nothing that can be shown)");
    }

    @Test
    void keepsNumbersAndNamesOfATree() {
        JsonNode tree = Json.parse("{\"a\":[1,true,null,\"b\"],\"c\":{\"d\":2.5}}");
        assertThat(disclosure.tree(tree)).isEqualTo(tree);
    }

    /** A text that was made to be slow to look through. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "a",
                "://",
                "://a:",
                "eyJ",
                "-----BEGIN PRIVATE KEY-----",
                "$6$",
                "bearer ",
                "\u001b[",
                "\u001b]",
                "--token "
            })
    void looksThroughLongTextsInTime(String turn) {
        long start = System.nanoTime();
        disclosure.text(turn.repeat(200_000 / turn.length()));
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    private static StepReport step(String text) {
        return new StepReport(
                StepReport.Phase.CHANGE,
                text.isBlank() ? "x" : text.substring(0, Math.min(1000, text.length())),
                List.of("tool", text),
                Optional.of(0),
                Optional.of(1L),
                false,
                List.of(List.of("tool", text)),
                Optional.of(text));
    }
}
