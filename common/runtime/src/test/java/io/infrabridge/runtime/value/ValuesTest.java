package io.infrabridge.runtime.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.infrabridge.contract.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexReader;

/** What must hold for every value that reaches an argument vector or the path of a request, whatever text it is made from. */
class ValuesTest {
    private static final Map<Values, Schema> SCHEMAS = new EnumMap<>(Values.class);

    static {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (Values value : Values.values()) {
            Text text = value.type.getAnnotation(Text.class);
            SCHEMAS.put(
                    value,
                    registry.getSchema(Json.object()
                            .put("type", "string")
                            .put("pattern", text.pattern())
                            .put("maxLength", text.longest())));
        }
    }

    @Property(tries = 20_000)
    void isNoOptionHasNoControlsAndClimbsNowhere(@ForAll Values value, @ForAll("hostile") String text) {
        value.of(text).ifPresent(accepted -> {
            assertThat(accepted).isNotEmpty().doesNotStartWith("-");
            assertThat(accepted.chars().noneMatch(ValuesTest::invisible)).isTrue();
            if (value != Values.REMARK && value != Values.RULE_COMMENT) {
                assertThat(accepted.split("/", -1)).doesNotContain("..", ".");
                assertThat(accepted.chars()).allMatch(character -> character < 0x7f);
            }
        });
    }

    @Property(tries = 20_000)
    void agreesWithItsSchema(@ForAll Values value, @ForAll("hostile") String text) {
        assertThat(SCHEMAS.get(value).validate(Json.tree(text)).isEmpty())
                .as("%s: %s", value, text)
                .isEqualTo(value.of(text).isPresent());
    }

    @Property(tries = 5_000)
    void staysWhatItIsWhenItIsReadAgain(@ForAll Values value, @ForAll("hostile") String text) {
        value.of(text).ifPresent(accepted -> assertThat(value.of(accepted)).contains(accepted));
    }

    @Property(tries = 5_000)
    void liesInItsRootWhateverFollowsIt(@ForAll("hostile") String text) {
        AbsolutePath root = new AbsolutePath("/mnt");
        try {
            AbsolutePath path = new AbsolutePath("/mnt/" + text);
            assertThat(path.within(root)).isTrue();
            assertThat(Path.of(path.value()).normalize().startsWith("/mnt")).isTrue();
        } catch (InvalidValue e) {
            assertThat(e).hasMessageStartingWith("expected an absolute path");
        }
    }

    @Example
    void acceptsItsExamples() {
        for (Values value : Values.values()) {
            for (String text : value.accepted) {
                assertThat(value.of(text)).as("%s: %s", value, text).isPresent();
            }
            String example = value.type.getAnnotation(Text.class).example();
            assertThat(value.of(example)).as("%s: %s", value, example).isPresent();
        }
    }

    @Example
    void refusesWhatComesClose() {
        for (Values value : Values.values()) {
            for (String text : value.refused) {
                assertThat(value.of(text)).as("%s: %s", value, text).isEmpty();
            }
            String longest = "a".repeat(value.type.getAnnotation(Text.class).longest() + 1);
            assertThat(value.of(longest)).isEmpty();
            assertThat(value.of("/" + longest)).isEmpty();
        }
    }

    @Example
    void readsAMillionCharactersOnASmallStack() throws InterruptedException {
        StringBuilder failure = new StringBuilder();
        Runnable reading = () -> {
            for (Values value : Values.values()) {
                for (String start : List.of("", "/", "nas:/", "a", "10.0.0.0", "mounthost=")) {
                    for (String turn : List.of("/a", "a.", "a a", "::", "-", "aaaa")) {
                        String text = start + turn.repeat(200_000);
                        assertThat(value.of(text)).isEmpty();
                        assertThat(SCHEMAS.get(value).validate(Json.tree(text))).isNotEmpty();
                    }
                }
            }
        };
        Thread thread = new Thread(null, reading, "small stack", 512 * 1024);
        thread.setUncaughtExceptionHandler((dead, cause) -> failure.append(cause));
        thread.start();
        thread.join();
        assertThat(failure).isEmpty();
    }

    @Example
    void saysWhatIsExpectedOfNothingAtAll() {
        assertThatThrownBy(() -> new HostName(null))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("such as nas.example.com");
    }

    @Example
    void takesWhatAHostSaysOnlyWhereACallerMightHaveSaidIt() {
        assertThat(MountOption.seen("timeo=600")).contains(new MountOption("timeo=600"));
        assertThat(MountOption.seen("addr=10.0.0.1")).isEmpty();
        assertThat(NfsSource.seen("nas:/a")).contains(new NfsSource("nas:/a"));
        assertThat(NfsSource.seen("nas:/a\\040b c")).isEmpty();
        assertThat(new MountOption("timeo=600").name()).isEqualTo("timeo");
        assertThat(new MountOption("ro").name()).isEqualTo("ro");
    }

    @Example
    void writesTimesAsTheJournalReadsThem() {
        assertThat(new JournalTime("1h").argument()).isEqualTo("1h ago");
        assertThat(new JournalTime("2d ago").argument()).isEqualTo("2d ago");
        assertThat(new JournalTime("today").argument()).isEqualTo("today");
        assertThat(new JournalTime("2026-01-31T10:00:00Z").argument()).isEqualTo("2026-01-31 10:00:00 UTC");
        assertThat(new JournalTime("2026-01-31 10:00").argument()).isEqualTo("2026-01-31 10:00");
    }

    @Example
    void beginsThePageOfALogAfterWhatTheCallerHasOfItsMoment() {
        Instant moment = Instant.ofEpochSecond(1_769_850_000, 1000);
        JournalCursor cursor = JournalCursor.after(moment, 3);
        assertThat(cursor.argument()).isEqualTo("@1769850000.000001");
        assertThat(cursor.entries()).isEqualTo(3);
        assertThat(cursor.isOf(moment)).isTrue();
        assertThat(cursor.isOf(moment.plusNanos(1000))).isFalse();
        assertThat(cursor).hasToString("1769850000000001+3");
        assertThat(JournalCursor.after(moment, 2001)).hasToString("1769850000000000+0");
    }

    @Example
    void knowsWhatLiesInADirectoryByWholeParts() {
        AbsolutePath root = new AbsolutePath("/mnt");
        assertThat(new AbsolutePath("/mnt").within(root)).isTrue();
        assertThat(new AbsolutePath("/mnt/a").within(root)).isTrue();
        assertThat(new AbsolutePath("/mnta").within(root)).isFalse();
        assertThat(new AbsolutePath("/a").within(new AbsolutePath("/"))).isTrue();
        assertThat(new AbsolutePath("/mnt/a/")).isEqualTo(new AbsolutePath("/mnt/a"));
    }

    /** A value that is missing here would be tested by nobody. */
    @Example
    void knowsEveryValueOfThePackage() throws IOException {
        try (var index = ValuesTest.class.getResourceAsStream("/META-INF/jandex.idx")) {
            List<String> annotated = new IndexReader(index)
                    .read().getAnnotations(DotName.createSimple(Text.class)).stream()
                            .map(found -> found.target().asClass())
                            .map(ClassInfo::name)
                            .map(DotName::toString)
                            .toList();
            assertThat(Arrays.stream(Values.values()).map(value -> value.type.getName()))
                    .containsExactlyInAnyOrderElementsOf(annotated);
        }
    }

    /** Any text, texts of what shells and options are made of, and examples with a change in one place. */
    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(40);
        Arbitrary<String> ascii = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(12);
        Arbitrary<String> pieces = Arbitraries.of(
                        "-",
                        "--",
                        "-o",
                        "/",
                        "..",
                        ".",
                        "\n",
                        "\u0000",
                        "$(id)",
                        "`id`",
                        ";",
                        "'",
                        "\"",
                        "\\",
                        " ",
                        "\t",
                        ",",
                        "=",
                        ":",
                        "@",
                        "*",
                        "?",
                        "a",
                        "Z9",
                        "\u0430",
                        "\u202e",
                        "\u200b",
                        "\u001b[31m",
                        "\uff0f",
                        "\u2215",
                        "[",
                        "]",
                        "::",
                        "1",
                        "0x",
                        "%2e",
                        "~",
                        "\ud83d\ude42",
                        "\u00e9",
                        "#",
                        "deployment",
                        "/dev/",
                        "ro",
                        "G")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
        Arbitrary<String> examples = Arbitraries.of(Arrays.stream(Values.values())
                .flatMap(value -> value.accepted.stream())
                .toList());
        Arbitrary<String> changed = Combinators.combine(
                        examples, pieces, Arbitraries.integers().between(0, 40))
                .as((example, piece, at) -> {
                    int place = Math.min(at, example.length());
                    return example.substring(0, place) + piece + example.substring(place);
                });
        return Arbitraries.oneOf(any, ascii, pieces, examples, changed);
    }

    private static boolean invisible(int character) {
        return Optional.of(Character.getType(character))
                .filter(type -> type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.SURROGATE
                        || type == Character.PRIVATE_USE
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR
                        || type == Character.SPACE_SEPARATOR && character != ' ')
                .isPresent();
    }
}
