package io.infrabridge.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.OperationDescriptor;
import java.util.List;

/**
 * A tool as callers may read about it.
 *
 * @param available whether a worker is alive that can do it
 */
public record ToolDocument(
        String name,
        Domain domain,
        boolean available,
        String description,
        JsonNode inputSchema,
        JsonNode outputSchema,
        List<OperationDescriptor> actions) {
    public static ToolDocument of(Tool tool, Presence presence) {
        return new ToolDocument(
                tool.name(),
                tool.domain(),
                presence.present(tool.domain()),
                ToolSchema.description(tool),
                ToolSchema.input(tool),
                OperationSchema.document(),
                tool.actions());
    }
}
