package io.infrabridge.audit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.audit.trail.Page;
import java.util.List;
import java.util.Optional;

/** A page of operations; without {@code next_cursor} it is the last. */
public record OperationPage(List<JsonNode> operations, Optional<String> nextCursor) {
    static OperationPage of(Page<JsonNode> page) {
        return new OperationPage(page.items(), page.next().map(Parameters::cursor));
    }
}
