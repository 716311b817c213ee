package io.infrabridge.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the audit service has written down, asked through the gateway. */
record AuditTrail(Rest rest) {
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(15);

    /** The whole command as it was signed. */
    JsonNode command(String operationId) {
        return record(operationId, "command");
    }

    /** The whole end of an operation, refusals of the gateway included. */
    JsonNode result(String operationId) {
        return record(operationId, "result");
    }

    /** The first record of this type. */
    JsonNode record(String operationId, String type) {
        return Eventually.get(
                "the audit trail has the " + type + " of " + operationId,
                WRITTEN_WITHIN,
                () -> Optional.of(rest.get("/api/v1/audit", Map.of("operation_id", operationId, "type", type)))
                        .filter(answer -> answer.status() == 200)
                        .map(answer -> answer.body().path("records").path(0))
                        .filter(record -> !record.isMissingNode()));
    }
}
