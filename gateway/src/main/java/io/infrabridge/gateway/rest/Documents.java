package io.infrabridge.gateway.rest;

import io.infrabridge.contract.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents that exist only as JSON, for the description of the interface. */
final class Documents {
    private Documents() {}

    record OperationRequestDocument(
            String tool,
            Map<String, Object> arguments,
            Optional<Boolean> dryRun,
            Optional<String> reason,
            Optional<Integer> timeoutSeconds) {}

    record ApprovalDocument(Decision decision, String planHash, Optional<String> comment) {}

    /** What an approver says. */
    enum Decision {
        approve,
        deny
    }

    /**
     * Operations, newest first.
     *
     * @param nextCursor to be sent back for the next page; absent on the last
     */
    record OperationPage(List<Operation> operations, Optional<String> nextCursor) {}
}
