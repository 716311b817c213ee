package io.infrabridge.runtime.catalogue;

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
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.value.Between;
import io.infrabridge.runtime.value.Text;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** JSON Schemas (2020-12) of inputs and outputs, from the records that decode and encode them. */
final class Schemas {
    static final String TARGET = "remote_target";

    private final SchemaGenerator generator =
            new SchemaGenerator(configuration().build());

    /** The arguments of one action as its callers write them: its record, the selectors and the target. */
    ObjectNode input(OperationSpec<?, ?> spec) {
        ObjectNode schema = generator.generateSchema(spec.input());
        schema.remove("$schema");
        ObjectNode own = schema.withObjectProperty("properties").deepCopy();
        ObjectNode properties = Json.object();
        ArrayNode required = Json.mapper().createArrayNode();
        for (Selector selector : spec.selectors()) {
            properties.putObject(selector.property()).put("type", "string").put("const", selector.value());
            if (!selector.optional()) {
                required.add(selector.property());
            }
        }
        properties.setAll(own);
        properties
                .putObject(TARGET)
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", 253)
                .put("description", targetDescription(spec.targetKind()));
        for (RecordComponent component : spec.input().getRecordComponents()) {
            if (component.getType() != Optional.class) {
                required.add(snakeCase(component.getName()));
            }
        }
        schema.set("properties", properties);
        schema.set("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    ObjectNode output(Class<? extends Record> type) {
        ObjectNode schema = generator.generateSchema(type);
        schema.remove("$schema");
        return schema;
    }

    private static String targetDescription(TargetKind kind) {
        return kind == TargetKind.HOST
                ? "Inventory name or address of the host to run on over SSH; this machine where absent"
                : "Inventory name or API endpoint of the cluster; the default one of its type where absent";
    }

    static String snakeCase(String name) {
        return ((PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE).translate(name);
    }

    private static SchemaGeneratorConfigBuilder configuration() {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        Json.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.FLATTENED_OPTIONALS,
                        Option.INLINE_ALL_SCHEMAS,
                        Option.NONSTATIC_NONVOID_NONGETTER_METHODS)
                .without(Option.NONSTATIC_NONVOID_NONGETTER_METHODS)
                .with(new JacksonModule(
                        JacksonOption.RESPECT_JSONPROPERTY_REQUIRED, JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY));
        builder.forFields().withPropertyNameOverrideResolver(field -> snakeCase(field.getDeclaredName()));
        builder.forFields()
                .withNumberInclusiveMinimumResolver(field -> between(field)
                        .map(Between::least)
                        .map(BigDecimal::valueOf)
                        .orElse(null))
                .withNumberInclusiveMaximumResolver(field -> between(field)
                        .map(Between::most)
                        .map(BigDecimal::valueOf)
                        .orElse(null));
        builder.forTypesInGeneral().withCustomDefinitionProvider((type, context) -> {
            Class<?> raw = type.getErasedType();
            ObjectNode known = known(raw);
            return known == null ? null : new CustomDefinition(known);
        });
        return builder;
    }

    private static Optional<Between> between(FieldScope field) {
        return Optional.ofNullable(field.getRawMember().getAnnotation(Between.class));
    }

    private static @org.jspecify.annotations.Nullable ObjectNode known(Class<?> type) {
        Text text = type.getAnnotation(Text.class);
        if (text != null) {
            ObjectNode definition = Json.object()
                    .put("type", "string")
                    .put("pattern", text.pattern())
                    .put("maxLength", text.longest())
                    .put("description", text.expected());
            definition.putArray("examples").add(text.example());
            return definition;
        }
        if (type == Instant.class) {
            return Json.object().put("type", "string").put("format", "date-time");
        }
        if (type == JsonNode.class) {
            return Json.object();
        }
        if (type.isEnum()) {
            return enumeration(type);
        }
        return null;
    }

    /** The words that Jackson writes, which may differ from the constants' names. */
    private static ObjectNode enumeration(Class<?> type) {
        ObjectNode definition = Json.object().put("type", "string");
        ArrayNode words = definition.putArray("enum");
        Arrays.stream(type.getEnumConstants()).map(Json::tree).forEach(words::add);
        return definition;
    }
}
