package io.infrabridge.runtime.worker;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.PolicyVerdict;
import io.infrabridge.trust.policy.Allowance;
import io.infrabridge.trust.policy.ApprovalRequirement;
import io.infrabridge.trust.signature.TrustedKey;
import java.util.List;
import java.util.Optional;

/** What a record of the command topic turned out to be. */
sealed interface Incoming {
    /**
     * Signed by somebody who may ask for it.
     *
     * @param rule the rule of the policy that allows it
     * @param approval what it must wait for before it runs; a dry run waits for nothing
     * @param policy all that the policy said of it, as its result will tell
     * @param allowances what it draws on
     */
    record Admitted(
            Command command,
            String rule,
            Optional<ApprovalRequirement> approval,
            PolicyVerdict policy,
            List<Allowance> allowances)
            implements Incoming {}

    record CancelRequested(Cancel cancel) implements Incoming {}

    /**
     * Somebody decides on an operation that waits; whether he may, its plan and the policy say.
     *
     * @param signer the issuer's key, which may be limited to tools
     */
    record Decided(ApprovalDecision decision, TrustedKey signer) implements Incoming {}

    /**
     * Signed and understood, but refused: its caller is told.
     *
     * @param policy what the policy said of it, where it is the policy that refuses
     */
    record Refused(Command command, Failure failure, Optional<PolicyVerdict> policy) implements Incoming {
        Refused(Command command, Failure failure) {
            this(command, failure, Optional.empty());
        }
    }

    /** Nobody can be believed to have sent it: it is set aside with the reason and nothing else happens. */
    record Unbelievable(Failure failure) implements Incoming {}
}
