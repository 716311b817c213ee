package io.infrabridge.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Selector;
import io.infrabridge.gateway.catalogue.Tool;
import io.infrabridge.gateway.problem.Nearest;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses a tool's action by the arguments that select it, one selector after the other. */
final class ActionChoice {
    private ActionChoice() {}

    static Outcome<OperationDescriptor> choose(Tool tool, ObjectNode arguments) {
        return narrow(tool, arguments, tool.actions(), 0);
    }

    private static Outcome<OperationDescriptor> narrow(
            Tool tool, ObjectNode arguments, List<OperationDescriptor> left, int depth) {
        List<OperationDescriptor> deeper = left.stream()
                .filter(action -> action.selectors().size() > depth)
                .toList();
        Optional<OperationDescriptor> complete = left.stream()
                .filter(action -> action.selectors().size() == depth)
                .findFirst();
        if (deeper.isEmpty()) {
            return Outcome.passed(complete.orElseThrow());
        }
        String property = deeper.get(0).selectors().get(depth).property();
        JsonNode given = arguments.get(property);
        if (given == null) {
            return complete.<Outcome<OperationDescriptor>>map(Outcome::passed)
                    .orElseGet(() -> byDefault(tool, arguments, deeper, depth, property));
        }
        List<OperationDescriptor> chosen = deeper.stream()
                .filter(action -> action.selectors().get(depth).property().equals(property)
                        && given.isTextual()
                        && action.selectors().get(depth).value().equals(given.asText()))
                .toList();
        return chosen.isEmpty()
                ? Outcome.refused(unknown(tool, property, given, values(deeper, depth)))
                : narrow(tool, arguments, chosen, depth + 1);
    }

    private static Outcome<OperationDescriptor> byDefault(
            Tool tool, ObjectNode arguments, List<OperationDescriptor> left, int depth, String property) {
        List<OperationDescriptor> optional = left.stream()
                .filter(action -> action.selectors().get(depth).optional())
                .toList();
        return optional.isEmpty()
                ? Outcome.refused(missing(tool, property, values(left, depth)))
                : narrow(tool, arguments, optional, depth + 1);
    }

    private static Set<String> values(List<OperationDescriptor> actions, int depth) {
        return actions.stream()
                .map(action -> action.selectors().get(depth))
                .map(Selector::value)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Refusal unknown(Tool tool, String property, JsonNode given, Set<String> valid) {
        String word = given.isTextual() ? given.asText() : given.toString();
        String example = Nearest.to(word, valid).orElse(valid.iterator().next());
        return Refusal.of(
                Category.UNKNOWN_ACTION,
                tool.name() + " has no " + property + " " + clipped(word) + ".",
                "Use one of: " + String.join(", ", valid) + ".",
                error(property, "is not one of the values that this tool knows here", valid, example));
    }

    static Refusal unknown(Tool tool, String action) {
        Set<String> valid = tool.actions().stream()
                .map(OperationDescriptor::action)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return unknown(tool, "action", TextNode.valueOf(action), valid);
    }

    private static Refusal missing(Tool tool, String property, Set<String> valid) {
        return Refusal.of(
                Category.MISSING_PROPERTY,
                tool.name() + " needs " + property + " to know what to do.",
                "Add " + property + ", one of: " + String.join(", ", valid) + ".",
                error(property, "is missing", valid, valid.iterator().next()));
    }

    private static PropertyError error(String property, String message, Set<String> valid, String example) {
        return new PropertyError(
                "/" + property,
                message,
                Optional.of("one of " + String.join(", ", valid)),
                Optional.of(TextNode.valueOf(example)));
    }

    private static String clipped(String word) {
        return word.length() <= 100 ? word : word.substring(0, 100) + "…";
    }
}
