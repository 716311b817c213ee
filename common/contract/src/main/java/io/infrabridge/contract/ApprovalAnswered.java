package io.infrabridge.contract;

import java.time.Instant;
import java.util.Optional;

/**
 * What the worker made of one decision.
 *
 * @param decisionId the id of the decision that is answered
 * @param target the operation's target
 * @param caller who decided
 * @param state where the operation stands after it
 * @param refusal why the decision counts for nothing; absent where it was counted
 */
public record ApprovalAnswered(
        String decisionId,
        String operationId,
        String operationIssuer,
        String target,
        String caller,
        Optional<State> state,
        Optional<Failure> refusal,
        String worker,
        Instant at) {
    public ApprovalAnswered {
        Require.id(decisionId, "decision_id");
        Require.id(operationId, "operation_id");
        Require.name(operationIssuer, "operation_issuer");
        Require.name(target, "target");
        Require.text(caller, "caller", 256);
        Require.name(worker, "worker");
        Require.present(at, "at");
    }
}
