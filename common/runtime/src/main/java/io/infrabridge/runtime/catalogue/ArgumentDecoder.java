package io.infrabridge.runtime.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.value.InvalidValue;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns the arguments of a command into the operation's record: nothing is coerced, nothing unknown is passed over. The
 * gateway has checked the schema before, but a worker believes nobody.
 */
public final class ArgumentDecoder {
    private final ObjectMapper mapper;

    public ArgumentDecoder() {
        mapper = Json.mapper();
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    /** The record; throws {@link InvalidArguments} with a failure that names the property. */
    public <I extends Record> I decode(OperationSpec<I, ?> spec, JsonNode arguments) {
        ObjectNode own = ((ObjectNode) arguments).deepCopy();
        for (Selector selector : spec.selectors()) {
            JsonNode given = own.remove(selector.property());
            boolean chosen =
                    given == null ? selector.optional() : selector.value().equals(given.textValue());
            if (!chosen) {
                throw invalid(
                        selector.property() + " does not choose the action " + spec.action() + ".",
                        "Give " + selector.property() + "=" + selector.value() + ".");
            }
        }
        own.remove(Schemas.TARGET);
        for (RecordComponent component : spec.input().getRecordComponents()) {
            String name = Schemas.snakeCase(component.getName());
            if (component.getType() != Optional.class && !own.hasNonNull(name)) {
                throw new InvalidArguments(Failure.of(
                        Category.MISSING_PROPERTY, name + " is missing.", "Give " + name + "; see the tool's schema."));
            }
        }
        own.properties().forEach(property -> requireNoNullIn(property.getValue(), property.getKey()));
        ObjectReader reader = mapper.readerFor(spec.input());
        try {
            return reader.readValue(own);
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidArguments(Failure.of(
                    Category.UNKNOWN_PROPERTY,
                    "There is no property " + e.getPropertyName() + " in " + spec.tool() + " " + spec.action() + ".",
                    "Known are: " + e.getKnownPropertyIds() + "."));
        } catch (JsonMappingException e) {
            throw invalid(path(e) + ": " + reason(e), "See the tool's schema for what is expected there.");
        } catch (JsonProcessingException e) {
            throw invalid(e.getOriginalMessage(), "See the tool's schema.");
        } catch (java.io.IOException e) {
            throw new IllegalStateException("a tree is read without I/O", e);
        }
    }

    private static InvalidArguments invalid(String message, String hint) {
        return new InvalidArguments(Failure.of(Category.INVALID_ARGUMENT, message, hint));
    }

    /** An absent property may be written as null, but an element of a list is there. */
    private static void requireNoNullIn(JsonNode value, String place) {
        for (JsonNode element : value) {
            if (element.isNull() && value.isArray()) {
                throw invalid(place + " has an element that is null.", "Leave it out.");
            }
            requireNoNullIn(element, place);
        }
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(part -> part.getFieldName() == null ? Integer.toString(part.getIndex()) : part.getFieldName())
                .collect(Collectors.joining("/"));
        return path.isEmpty() ? "arguments" : path;
    }

    /** What a value says of itself; what Jackson says is about classes that no caller knows. */
    private static String reason(JsonMappingException e) {
        return e.getCause() instanceof InvalidValue invalid
                ? String.valueOf(invalid.getMessage())
                : "is not of the type or none of the words that the schema has there";
    }
}
