package io.infrabridge.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What one person says about the exact plan of an operation that waits; signed, on the operation's own topic and key, past
 * the target's queue.
 *
 * @param id of this message; {@code operationId} names what is decided on
 * @param operationIssuer the issuer of the command that waits
 * @param planHash the plan that the person saw; a decision about any other plan counts for nothing
 * @param caller who decides
 */
public record ApprovalDecision(
        String id,
        String issuer,
        String operationId,
        String operationIssuer,
        String target,
        String planHash,
        Verdict decision,
        Kind kind,
        String caller,
        Set<String> roles,
        Optional<String> comment,
        Instant createdAt) {
    public ApprovalDecision {
        Require.id(id, "id");
        Require.name(issuer, "issuer");
        Require.id(operationId, "operation_id");
        Require.name(operationIssuer, "operation_issuer");
        Require.name(target, "target");
        Require.hash(planHash, "plan_hash");
        Require.present(decision, "decision");
        Require.present(kind, "kind");
        Require.text(caller, "caller", 256);
        roles = Require.set(roles);
        comment.ifPresent(text -> Require.text(text, "comment", 2000));
        Require.present(createdAt, "created_at");
    }

    /** Whether the plan may be run. */
    public enum Verdict {
        @JsonProperty("approve")
        APPROVE,
        @JsonProperty("deny")
        DENY
    }

    /** In which role the person speaks. */
    public enum Kind {
        /** Somebody who was asked to decide. */
        @JsonProperty("decision")
        DECISION,
        /** The operation's own caller, asked by his client whether he means it; never a second person. */
        @JsonProperty("consent")
        CONSENT
    }
}
