package io.infrabridge.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema of a message, from the record that reads it. Properties that a newer sender adds are allowed, as
 * {@link Json} allows them; required is what has no meaning when it is left out.
 */
final class SchemaOfRecord {
    private static final String ID = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$";
    private static final String NAME = "^[A-Za-z0-9_*][A-Za-z0-9_.:@/*-]{0,253}$";

    private static final String SHA256 = "^[0-9a-f]{64}$";

    /** What the records check of texts; a test holds every line against the records. */
    private static final Map<String, Text> TEXTS = Map.ofEntries(
            Map.entry("id", Text.of(ID)),
            Map.entry("operation_id", Text.of(ID)),
            Map.entry("digest", Text.of(ID)),
            Map.entry("kind", Text.of(ID)),
            Map.entry("property", Text.of(ID)),
            Map.entry("tool", Text.of(ID)),
            Map.entry("issuer", Text.of(NAME)),
            Map.entry("operation_issuer", Text.of(NAME)),
            Map.entry("caller", Text.atMost(256)),
            Map.entry("idempotency_key", Text.atMost(256)),
            Map.entry("version", Text.atMost(100)),
            Map.entry("subject", Text.atMost(1000)),
            Map.entry("description", Text.atMost(1000)),
            Map.entry("summary", Text.atMost(1000)),
            Map.entry("tool_summary", Text.atMost(1000)),
            Map.entry("topic", Text.atMost(249)),
            Map.entry("Failure.message", Text.atMost(4000)),
            Map.entry("Selector.value", Text.of(ID)),
            Map.entry("Command.action", Text.of(ID)),
            Map.entry("Command.parent_id", Text.of(ID)),
            Map.entry("Command.reason", Text.atMost(2000)),
            Map.entry("Cancel.reason", Text.atMost(2000)),
            Map.entry("OperationDescriptor.action", Text.of(ID)),
            Map.entry("Command.target", Text.of(NAME)),
            Map.entry("Cancel.target", Text.of(NAME)),
            Map.entry("Execution.target", Text.of(NAME)),
            Map.entry("HealthEvent.target", Text.of(NAME)),
            Map.entry("CatalogueAnnouncement.worker", Text.of(NAME)),
            Map.entry("Heartbeat.worker", Text.of(NAME)),
            Map.entry("HealthEvent.worker", Text.of(NAME)),
            Map.entry("DeadLetter.worker", Text.of(NAME)),
            Map.entry("plan_hash", Text.of("^[0-9a-f]{64}$")),
            Map.entry("rule", Text.atMost(256)),
            Map.entry("account", Text.atMost(1000)),
            Map.entry("span", Text.atMost(64)),
            Map.entry("Reservation.operation", Text.atMost(512)),
            Map.entry("Reservation.domain", Text.of(ID)),
            Map.entry("decision_id", Text.of(ID)),
            Map.entry("comment", Text.atMost(2000)),
            Map.entry("ApprovalDecision.target", Text.of(NAME)),
            Map.entry("ApprovalAnswered.target", Text.of(NAME)),
            Map.entry("ApprovalAnswered.worker", Text.of(NAME)),
            Map.entry("SecurityEvent.target", Text.of(NAME)),
            Map.entry("SecurityEvent.via", Text.of(NAME)),
            Map.entry("SecurityEvent.reporter", Text.of(NAME)),
            Map.entry("SecurityEvent.address", Text.atMost(300)),
            Map.entry("SecurityEvent.session", Text.atMost(300)),
            Map.entry("SecurityEvent.user", Text.atMost(256)),
            Map.entry("SecurityEvent.detail", Text.atMost(2000)),
            Map.entry("AuditCheckpoint.previous", Text.of(SHA256)),
            Map.entry("Head.hash", Text.of(SHA256)),
            Map.entry("Head.chain", Text.atMost(400)));

    private final SchemaGenerator generator =
            new SchemaGenerator(configuration().build());

    ObjectNode of(EventType type) {
        ObjectNode schema = generator.generateSchema(type.payload());
        if (schema.at("/properties/arguments") instanceof ObjectNode arguments) {
            arguments.put("type", "object");
        }
        ObjectNode titled = Json.object();
        titled.put("$schema", schema.path("$schema").asText());
        titled.put("title", type.type());
        schema.properties().forEach(member -> titled.set(member.getKey(), member.getValue()));
        return titled;
    }

    private static SchemaGeneratorConfigBuilder configuration() {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        Json.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.FLATTENED_OPTIONALS,
                        Option.INLINE_ALL_SCHEMAS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        builder.forFields()
                .withPropertyNameOverrideResolver(SchemaOfRecord::name)
                .withNullableCheck(field -> false)
                .withRequiredCheck(SchemaOfRecord::required)
                .withStringPatternResolver(
                        field -> text(field).map(Text::pattern).orElse(null))
                .withStringMinLengthResolver(
                        field -> text(field).map(Text::shortest).orElse(null))
                .withStringMaxLengthResolver(
                        field -> text(field).map(Text::longest).orElse(null));
        builder.forTypesInGeneral().withCustomDefinitionProvider((type, context) -> {
            ObjectNode known = known(type.getErasedType());
            return known == null
                    ? null
                    : new CustomDefinition(
                            known, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.YES);
        });
        return builder;
    }

    private static String name(FieldScope field) {
        return ((PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE)
                .translate(field.getDeclaredName());
    }

    /** Absent lists are empty and an absent flag is off; everything else that is not optional must be there. */
    private static boolean required(FieldScope field) {
        Class<?> type = field.getRawMember().getType();
        return type != Optional.class && type != boolean.class && !Collection.class.isAssignableFrom(type);
    }

    private static Optional<Text> text(FieldScope field) {
        Class<?> type = field.getType() == null ? Object.class : field.getType().getErasedType();
        if (type != String.class || field.isFakeContainerItemScope()) {
            return Optional.empty();
        }
        String owner = field.getRawMember().getDeclaringClass().getSimpleName();
        return Optional.ofNullable(TEXTS.getOrDefault(owner + "." + name(field), TEXTS.get(name(field))));
    }

    private static @Nullable ObjectNode known(Class<?> type) {
        if (type == Instant.class) {
            return Json.object().put("type", "string").put("format", "date-time");
        }
        if (type == Domain.class) {
            return Json.object().put("type", "string").put("pattern", "^[a-z][a-z0-9-]{0,30}$");
        }
        if (type == JsonNode.class) {
            return Json.object();
        }
        if (type.isEnum()) {
            ObjectNode definition = Json.object().put("type", "string");
            ArrayNode words = definition.putArray("enum");
            Arrays.stream(type.getEnumConstants()).map(Json::tree).forEach(words::add);
            return definition;
        }
        return null;
    }

    /** What a text must look like. */
    private record Text(
            @Nullable String pattern,
            @Nullable Integer shortest,
            @Nullable Integer longest) {
        static Text of(String pattern) {
            return new Text(pattern, null, null);
        }

        static Text atMost(int longest) {
            return new Text(null, 1, longest);
        }
    }
}
