package io.infrabridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/schemas} says what the records say; {@code -Dinfrabridge.regenerate=true} writes it anew. */
class PublishedSchemasTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final ObjectWriter PRETTY = Json.mapper()
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private static final SchemaOfRecord GENERATOR = new SchemaOfRecord();

    @BeforeAll
    static void regenerateWhereAsked() throws IOException {
        if (Boolean.getBoolean("infrabridge.regenerate")) {
            for (EventType type : EventType.values()) {
                Files.createDirectories(Documents.schema(type).getParent());
                Files.writeString(Documents.schema(type), PRETTY.writeValueAsString(GENERATOR.of(type)) + "\n");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void publishedSchemaIsTheRecords(EventType type) {
        Path file = Documents.schema(type);

        assertThat(Documents.parsed(file)).as(file.toString()).isEqualTo(Json.parse(Json.bytes(GENERATOR.of(type))));
    }

    @ParameterizedTest
    @EnumSource
    void exampleIsValidBySchema(EventType type) {
        assertThat(schema(type).validate(Documents.example(type))).isEmpty();
    }

    /** Every property of the schema is in the example, so that the other tests leave none out. */
    @ParameterizedTest
    @EnumSource
    void exampleLeavesNoPropertyOut(EventType type) {
        requireAll(GENERATOR.of(type), Documents.example(type), type.name());
    }

    @ParameterizedTest
    @EnumSource
    void whatTheRecordsWriteIsValidBySchema(EventType type) {
        Object record = Json.convert(Documents.example(type), type.payload());

        assertThat(schema(type).validate(Json.tree(record))).isEmpty();
    }

    private static Schema schema(EventType type) {
        return SCHEMAS.getSchema(Documents.parsed(Documents.schema(type)));
    }

    private static void requireAll(JsonNode schema, JsonNode value, String where) {
        schema.path("properties").properties().forEach(property -> {
            String place = where + "/" + property.getKey();
            assertThat(value.has(property.getKey())).as(place).isTrue();
            requireAll(property.getValue(), value.get(property.getKey()), place);
        });
        if (schema.path("items").path("type").asText().equals("object")) {
            assertThat(value.size()).as(where).isPositive();
            requireAll(schema.get("items"), value.get(0), where + "/0");
        }
    }
}
