package io.infrabridge.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a worker says of one of its operations, so that others can offer it without knowing its code.
 *
 * @param action the action's name, unique within the tool: the selectors' values joined by a dot
 * @param selectors the arguments that choose this action, in order
 * @param converges whether running it twice leaves the same state as running it once
 * @param inputSchema JSON Schema 2020-12 of the arguments, selectors and {@code remote_target} included
 * @param outputSchema JSON Schema 2020-12 of {@code output}
 * @param programs the programs that it may run on a host
 * @param timeoutSeconds the run time that a caller gets who does not ask for another, in seconds
 */
public record OperationDescriptor(
        String tool,
        String action,
        List<Selector> selectors,
        Risk risk,
        boolean converges,
        TargetKind targetKind,
        String toolSummary,
        String summary,
        JsonNode inputSchema,
        JsonNode outputSchema,
        Set<String> programs,
        int timeoutSeconds) {
    public OperationDescriptor {
        Require.id(tool, "tool");
        Require.id(action, "action");
        selectors = Require.list(selectors);
        Require.present(risk, "risk");
        Require.present(targetKind, "target_kind");
        Require.text(toolSummary, "tool_summary", 1000);
        Require.text(summary, "summary", 1000);
        Require.present(inputSchema, "input_schema");
        Require.present(outputSchema, "output_schema");
        programs = Require.set(programs);
        if (timeoutSeconds < 1 || timeoutSeconds > 86_400) {
            throw new InvalidContract("timeout_seconds", "must be between 1 and 86400");
        }
        String joined = selectors.stream().map(Selector::value).collect(Collectors.joining("."));
        if (!selectors.isEmpty() && !joined.equals(action)) {
            throw new InvalidContract("action", "must be its selectors' values joined by a dot: " + joined);
        }
    }
}
