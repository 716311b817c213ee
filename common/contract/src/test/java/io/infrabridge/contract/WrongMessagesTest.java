package io.infrabridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The records refuse what the published schemas refuse, and say which property is wrong. */
class WrongMessagesTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** One example that was made wrong in one place. */
    record Wrong(EventType type, String property, String fault, JsonNode message) {
        @Override
        public String toString() {
            return type + " with " + property + " " + fault;
        }
    }

    static Stream<Wrong> wrongMessages() {
        return Stream.of(EventType.values()).flatMap(type -> {
            JsonNode schema = Documents.parsed(Documents.schema(type));
            return faults(type, schema, "");
        });
    }

    @ParameterizedTest
    @MethodSource("wrongMessages")
    void wrongMessageIsRefusedByRecordAndSchemaAndNamesTheProperty(Wrong wrong) {
        Schema schema = SCHEMAS.getSchema(Documents.parsed(Documents.schema(wrong.type())));
        byte[] bytes = Json.bytes(wrong.message());

        InvalidContract refusal = catchThrowableOfType(
                InvalidContract.class, () -> Json.read(bytes, wrong.type().payload()));

        assertThat(refusal).as(wrong.toString()).isNotNull();
        assertThat(refusal.property()).isEqualTo(wrong.property());
        assertThat(schema.validate(wrong.message())).isNotEmpty();
    }

    @Test
    void saysInItsOwnWordsWhyTextCannotBeRead() {
        for (String text : new String[] {
            "[".repeat(10_000), "{\"a\":", "{} {}", "\"" + "\\ud800".repeat(3) + "\"x", "1".repeat(5_000)
        }) {
            assertThatThrownBy(() -> Json.parse(text))
                    .isInstanceOf(InvalidContract.class)
                    .message()
                    .doesNotContain("Stream", "Exception", "REDACTED", "fasterxml");
        }
    }

    @Test
    void refusalThatQuotesSomethingLongIsCutAndHasNoHalfOfACharacter() {
        String quoted = "x" + "\ud83d\ude00".repeat(4_000);

        Failure failure = Failure.of(Category.NOT_FOUND, quoted, "");

        assertThat(failure.message())
                .hasSizeLessThanOrEqualTo(4_000)
                .startsWith("x\ud83d\ude00")
                .endsWith("…");
        assertThat(Json.read(Json.bytes(failure), Failure.class)).isEqualTo(failure);
    }

    @Test
    void argumentsThatAreNoObjectAreRefused() {
        ObjectNode command = Documents.example(EventType.COMMAND).deepCopy();
        command.putArray("arguments");

        assertRefused(command, Command.class, "arguments");
    }

    @Test
    void resultWithoutItsEndIsRefused() {
        ObjectNode result = Documents.example(EventType.RESULT).deepCopy();
        result.remove("finished_at");

        assertRefused(result, Operation.class, "finished_at");
    }

    @Test
    void progressBeyondItsEndIsRefused() {
        ObjectNode progress = Documents.example(EventType.PROGRESS).deepCopy();
        progress.put("step", 4);

        assertRefused(progress, Progress.class, "step");
    }

    @Test
    void actionThatIsNotItsSelectorsIsRefused() {
        ObjectNode catalogue = Documents.example(EventType.CATALOGUE).deepCopy();
        ((ObjectNode) catalogue.path("operations").get(0)).put("action", "service.stop");

        assertRefused(catalogue, CatalogueAnnouncement.class, "action");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"id\":\"1\",\"id\":\"2\"}", "{} {}"})
    void whatIsNoMessageAtAllIsRefused(String text) {
        assertThatThrownBy(() -> Json.read(text.getBytes(StandardCharsets.UTF_8), Command.class))
                .isInstanceOf(InvalidContract.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"})
    void envelopeWithoutAnAttributeIsRefused(String header) {
        Map<String, String> headers = new Envelope("1", "/ops-console", EventType.COMMAND, java.time.Instant.EPOCH)
                .headers().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> new String(entry.getValue(), StandardCharsets.UTF_8)));
        Map<String, String> without = new HashMap<>(headers);
        without.remove(header);

        assertThat(catchThrowableOfType(InvalidContract.class, () -> Envelope.from(without))
                        .property())
                .isEqualTo(header);
    }

    private static void assertRefused(JsonNode message, Class<?> type, String property) {
        assertThat(catchThrowableOfType(InvalidContract.class, () -> Json.read(Json.bytes(message), type))
                        .property())
                .isEqualTo(property);
    }

    /** Everything that the schema forbids at this place or below, each alone. */
    private static Stream<Wrong> faults(EventType type, JsonNode schema, String at) {
        // an absent number reads as zero, so only the schema asks for it
        Stream<Wrong> missing = elements(schema.path("required"))
                .map(JsonNode::asText)
                .filter(property -> !"integer"
                        .equals(schema.at("/properties/" + property + "/type").asText()))
                .map(property -> changed(type, at, property, "missing", parent -> parent.remove(property)));
        Stream<Wrong> below = schema.path("properties").properties().stream()
                .flatMap(member -> faultsOf(type, at, member.getKey(), member.getValue()));
        return Stream.concat(missing, below);
    }

    private static Stream<Wrong> faultsOf(EventType type, String at, String property, JsonNode schema) {
        if (schema.has("pattern")) {
            return Stream.of(
                    changed(type, at, property, "malformed", parent -> parent.put(property, "!?")),
                    changed(type, at, property, "a number", parent -> parent.put(property, 5)));
        }
        if (schema.has("maxLength")) {
            String longer = "x".repeat(schema.get("maxLength").asInt() + 1);
            return Stream.of(
                    changed(type, at, property, "empty", parent -> parent.put(property, "")),
                    changed(type, at, property, "too long", parent -> parent.put(property, longer)));
        }
        if (schema.path("items").has("properties")) {
            return faults(type, schema.get("items"), at + "/" + property + "/0");
        }
        return schema.has("properties") ? faults(type, schema, at + "/" + property) : Stream.empty();
    }

    private static Wrong changed(
            EventType type, String at, String property, String fault, java.util.function.Consumer<ObjectNode> change) {
        JsonNode message = Documents.example(type).deepCopy();
        change.accept((ObjectNode) message.at(at));
        return new Wrong(type, property, fault, message);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return java.util.stream.StreamSupport.stream(array.spliterator(), false);
    }
}
