package io.infrabridge.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.gateway.catalogue.Tool;
import io.infrabridge.gateway.problem.Nearest;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Holds arguments against the schema of their action and says of each wrong one how it would be right. */
final class ArgumentCheck {
    private static final int MOST_ERRORS = 20;

    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    // keyed by the schema itself: a changed announcement brings another key, and there are only ever a few hundred
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    Optional<Refusal> check(Tool tool, OperationDescriptor action, ObjectNode arguments) {
        Schema schema = compiled.computeIfAbsent(action.inputSchema(), schemas::getSchema);
        List<Wrong> wrong = schema.validate(arguments).stream()
                .limit(MOST_ERRORS)
                .map(error -> wrong(error, tool, action))
                .sorted(Comparator.comparing(Wrong::category))
                .toList();
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        List<PropertyError> errors = wrong.stream().map(Wrong::error).toList();
        String message = errors.stream()
                .map(error -> error.property() + " " + error.message())
                .collect(Collectors.joining("; "));
        return Optional.of(new Refusal(
                wrong.get(0).category(),
                tool.name() + " " + action.action() + ": " + message + ".",
                hint(errors.get(0)),
                errors,
                Optional.empty()));
    }

    private static Wrong wrong(Error error, Tool tool, OperationDescriptor action) {
        String place = error.getInstanceLocation().toString();
        String parent = place.equals("/") ? "" : place;
        return switch (error.getKeyword()) {
            case "required" -> missing(parent + "/" + escaped(error.getProperty()), action);
            case "additionalProperties", "unevaluatedProperties" -> unknown(parent, error.getProperty(), tool, action);
            default -> invalid(parent, error.getMessage(), action);
        };
    }

    private static Wrong missing(String pointer, OperationDescriptor action) {
        return new Wrong(Category.MISSING_PROPERTY, described(pointer, "is missing", action));
    }

    private static Wrong invalid(String pointer, String message, OperationDescriptor action) {
        String said = message.startsWith(pointer + ": ") ? message.substring(pointer.length() + 2) : message;
        return new Wrong(Category.INVALID_ARGUMENT, described(pointer.isEmpty() ? "/" : pointer, said, action));
    }

    private static PropertyError described(String pointer, String message, OperationDescriptor action) {
        Optional<JsonNode> schema = ValueDescription.at(action.inputSchema(), pointer);
        return new PropertyError(
                pointer, message, schema.map(ValueDescription::expected), schema.flatMap(ValueDescription::example));
    }

    private static Wrong unknown(String parent, String name, Tool tool, OperationDescriptor action) {
        Set<String> known = new LinkedHashSet<>();
        ValueDescription.at(action.inputSchema(), parent)
                .ifPresent(schema -> schema.path("properties").fieldNames().forEachRemaining(known::add));
        List<String> elsewhere = tool.actions().stream()
                .filter(other -> parent.isEmpty()
                        && other.inputSchema().path("properties").has(name))
                .map(OperationDescriptor::action)
                .toList();
        String meant = Nearest.to(name, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
        String owner = elsewhere.isEmpty() ? "" : ", though " + String.join(", ", elsewhere) + " knows it";
        return new Wrong(
                Category.UNKNOWN_PROPERTY,
                PropertyError.of(
                        parent + "/" + escaped(name),
                        "is not known here" + owner + meant,
                        "one of " + String.join(", ", known)));
    }

    private static String hint(PropertyError error) {
        String expected =
                error.expected().map(text -> " Expected: " + text + ".").orElse("");
        String example =
                error.example().map(value -> " For example: " + value + ".").orElse("");
        return "Correct " + error.property() + "." + expected + example;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private record Wrong(Category category, PropertyError error) {}
}
