package io.infrabridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/asyncapi.yaml} says of the bus what the code says. */
class AsyncApiTest {
    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        document = new YAMLMapper().readTree(Files.readString(Documents.asyncApi()));
    }

    @Test
    void everyTopicIsAChannelAndEveryChannelATopic() {
        Set<String> topics = Topics.all(Topics.SHIPPED_DOMAINS).stream()
                .map(Topics.Topic::name)
                .collect(Collectors.toSet());

        assertThat(values(document.path("channels")).flatMap(AsyncApiTest::addresses))
                .containsExactlyInAnyOrderElementsOf(topics);
    }

    @Test
    void everyMessageHasItsTypeAndTheSchemaOfItsRecord() {
        for (EventType type : EventType.values()) {
            List<JsonNode> messages = values(document.at("/components/messages"))
                    .filter(message -> type.type().equals(message.path("name").asText()))
                    .toList();

            assertThat(messages).as(type.type()).hasSize(1);
            assertThat(messages.get(0).at("/payload/$ref").asText())
                    .isEqualTo("./" + Documents.folder().relativize(Documents.schema(type)));
            assertThat(messages.get(0).at("/bindings/kafka/key").isObject()).isTrue();
        }
        assertThat(document.at("/components/messages")).hasSize(EventType.values().length);
    }

    @Test
    void everyMessageTravelsOnSomeChannel() {
        Set<String> travelling = values(document.path("channels"))
                .flatMap(channel -> values(channel.path("messages")))
                .map(reference -> reference.path("$ref").asText())
                .collect(Collectors.toSet());

        assertThat(travelling)
                .containsExactlyInAnyOrderElementsOf(document.at("/components/messages").properties().stream()
                        .map(member -> "#/components/messages/" + member.getKey())
                        .toList());
    }

    @Test
    void everyHeaderOfTheEnvelopeIsDescribedAndRequired() {
        JsonNode headers = document.at("/components/schemas/signedHeaders");
        Set<String> required =
                values(headers.path("required")).map(JsonNode::asText).collect(Collectors.toSet());
        Envelope envelope = new Envelope("1", "/ops-console", EventType.COMMAND, java.time.Instant.EPOCH);

        assertThat(required)
                .containsAll(envelope.headers().keySet())
                .contains(Envelope.KEY_ID_HEADER, Envelope.SIGNATURE_HEADER);
        assertThat(headers.path("properties").properties().stream().map(java.util.Map.Entry::getKey))
                .containsAll(required)
                .contains(Envelope.TRACEPARENT_HEADER);
    }

    @Test
    void everyReferenceResolves() {
        List<String> references = new ArrayList<>();
        collectReferences(document, references);

        assertThat(references).isNotEmpty().allSatisfy(AsyncApiTest::requireResolves);
    }

    @Test
    void examplesAreValidAndReadByTheRecord() {
        JsonNode example = document.at("/components/messages/command/examples/0");
        Schema headers = schema(document.at("/components/schemas/signedHeaders"));

        assertThat(schema(Documents.parsed(Documents.schema(EventType.COMMAND))).validate(example.path("payload")))
                .isEmpty();
        assertThat(headers.validate(example.path("headers"))).isEmpty();
        Command command = Json.convert(example.path("payload"), Command.class);
        assertThat(command.id()).isEqualTo(example.at("/headers/ce_id").asText());
    }

    private static Schema schema(JsonNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private static Stream<String> addresses(JsonNode channel) {
        String address = channel.path("address").asText();
        if (!address.contains("{domain}")) {
            return Stream.of(address);
        }
        JsonNode parameter = resolved(channel.at("/parameters/domain/$ref").asText());
        return values(parameter.path("enum")).map(domain -> address.replace("{domain}", domain.asText()));
    }

    private static void requireResolves(String reference) {
        if (reference.startsWith("#")) {
            assertThat(resolved(reference).isMissingNode()).as(reference).isFalse();
        } else {
            Path file = Documents.folder().resolve(reference);
            assertThat(file).isRegularFile();
        }
    }

    private static JsonNode resolved(String reference) {
        return document.at(JsonPointer.compile(reference.substring(1)));
    }

    private static void collectReferences(JsonNode node, List<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.get("$ref").asText());
        }
        node.forEach(child -> collectReferences(child, references));
    }

    private static Stream<JsonNode> values(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
