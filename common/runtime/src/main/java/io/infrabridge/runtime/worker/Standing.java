package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.PolicyVerdict;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.allowance.Verdict;
import io.infrabridge.runtime.execution.PlanCheck;
import io.infrabridge.trust.policy.Allowance;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How one operation stands with the policy: what it said last, and what it says when it is asked again. */
final class Standing {
    private final Supplier<Incoming> policy;
    private final List<Allowance> allowances;
    private volatile Optional<PolicyVerdict> last;

    private Standing(Supplier<Incoming> policy, List<Allowance> allowances, Optional<PolicyVerdict> last) {
        this.policy = policy;
        this.allowances = allowances;
        this.last = last;
    }

    static Standing of(Incoming.Admitted admitted, Supplier<Incoming> policy) {
        return new Standing(policy, admitted.allowances(), Optional.of(admitted.policy()));
    }

    /** Of an operation that the ledger remembers: it was admitted and counted once. */
    static Standing remembered(Supplier<Incoming> policy) {
        return new Standing(policy, List.of(), Optional.empty());
    }

    /** What the operation draws on. */
    List<Allowance> allowances() {
        return allowances;
    }

    Optional<PolicyVerdict> last() {
        return last;
    }

    /**
     * Why a change must not take its first step now, though it was admitted: it may have waited behind another one while a freeze
     * began, or the policy may have changed.
     */
    Optional<PlanCheck.Objection> objection(Clearance clearance) {
        Incoming now = policy.get();
        if (now instanceof Incoming.Refused refused) {
            last = refused.policy().or(() -> last);
            return Optional.of(objection(clearance, refused.failure()));
        }
        Incoming.Admitted admitted = (Incoming.Admitted) now;
        last = Optional.of(admitted.policy());
        return admitted.approval()
                .filter(asked -> clearance.requirement().isEmpty())
                .map(asked -> objection(
                        clearance,
                        Failure.of(
                                Category.FORBIDDEN,
                                "By now the policy wants this approved, by the rule " + asked.rule() + ".",
                                "Ask for it again and have it approved.")));
    }

    /** Ends it because an allowance is used up. */
    Failure exhausted(Verdict.Exhausted exhausted, long seconds) {
        last = last.map(said -> new PolicyVerdict(
                exhausted.rule(),
                said.version(),
                said.approval(),
                said.wouldBeRefusedBy(),
                Optional.of(exhausted.retryAt())));
        return Failure.of(
                Category.RATE_LIMITED,
                "The rule " + exhausted.rule() + " allows " + exhausted.most() + " operations, and they are used up.",
                "Ask again in " + seconds + " seconds.");
    }

    /** One that an earlier worker may have begun did not end as if nothing had happened. */
    private static PlanCheck.Objection objection(Clearance clearance, Failure failure) {
        return clearance.resumed()
                ? new PlanCheck.Objection(
                        State.INDETERMINATE,
                        Failure.of(
                                failure.category(),
                                failure.message() + " A worker that died may have begun with it.",
                                "Look at the target. " + failure.hint()))
                : new PlanCheck.Objection(State.REJECTED, failure);
    }
}
