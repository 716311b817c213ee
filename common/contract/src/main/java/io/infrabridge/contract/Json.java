package io.infrabridge.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one way records become JSON and back: snake_case, ISO-8601 instants, absent values left out, maps in the order of their keys, unknown properties
 * ignored (a newer sender may say more), duplicate keys and deep or huge documents refused. A number is no text and text is no number, as
 * the published schemas say: who reads the tree and who reads the record must see the same.
 */
public final class Json {
    private static final int DEEPEST = 64;
    private static final int LONGEST_STRING = 4_000_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_STRING)
                        .build());
    }

    private Json() {}

    /** A copy of the mapper for frameworks that want one of their own. */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not expressible as JSON: " + value.getClass(), e);
        }
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not expressible as JSON: " + value.getClass(), e);
        }
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Reads a record; {@link InvalidContract} says what is wrong with bytes that are not one. */
    public static <T> T read(byte @Nullable [] bytes, Class<T> type) {
        if (bytes == null || bytes.length == 0) {
            throw new InvalidContract(type.getSimpleName(), "is empty");
        }
        try {
            T value = MAPPER.readValue(bytes, type);
            return Require.present(value, type.getSimpleName());
        } catch (ValueInstantiationException e) {
            throw e.getCause() instanceof InvalidContract invalid ? invalid : unreadable(type, e);
        } catch (IOException e) {
            throw unreadable(type, e);
        }
    }

    public static <T> T convert(JsonNode node, Class<T> type) {
        try {
            return Require.present(MAPPER.treeToValue(node, type), type.getSimpleName());
        } catch (ValueInstantiationException e) {
            throw e.getCause() instanceof InvalidContract invalid ? invalid : unreadable(type, e);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    public static JsonNode parse(byte[] bytes) {
        return read(bytes, JsonNode.class);
    }

    public static JsonNode parse(String text) {
        return read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class);
    }

    private static InvalidContract unreadable(Class<?> type, IOException e) {
        InvalidContract invalid = new InvalidContract(property(type, e), "cannot be read: " + reason(e));
        invalid.initCause(e);
        return invalid;
    }

    /** The innermost one that is to blame, or the whole. */
    private static String property(Class<?> type, IOException e) {
        return e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .filter(Objects::nonNull)
                        .reduce(type.getSimpleName(), (outer, inner) -> inner)
                : type.getSimpleName();
    }

    /** In terms of what was sent, not of the parser's own classes and settings. */
    private static String reason(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return "it is nested more than " + DEEPEST + " levels deep, or has a name, text or number that is too long";
        }
        String said = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return String.valueOf(said).split(" \\((start marker|bound as)", 2)[0];
    }
}
