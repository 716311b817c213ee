package io.infrabridge.runtime.worker.approval;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.ApprovalDecision.Kind;
import io.infrabridge.contract.ApprovalDecision.Verdict;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.trust.policy.ApprovalRequirement;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts what people say about a plan that waits: pure, so that a decision that comes again is ruled on alike. */
public final class Ballot {
    private Ballot() {}

    /**
     * What this decision means.
     *
     * @param caller of the operation that waits
     */
    public static Ruling rule(Parked parked, String caller, ApprovalDecision decision, Instant now) {
        if (parked.decisions().contains(decision)) {
            return new Ruling.Repeated();
        }
        return objection(parked, caller, decision, now)
                .<Ruling>map(Ruling.Refused::new)
                .orElseGet(() -> decision.decision() == Verdict.DENY
                        ? new Ruling.Denied(parked.with(decision))
                        : new Ruling.Counted(parked.with(decision)));
    }

    /** Whether enough different persons who may have approved. */
    public static boolean enough(Parked parked, String caller) {
        return missing(parked, caller) <= 0;
    }

    /** How many persons more have to approve. */
    public static int missing(Parked parked, String caller) {
        ApprovalRequirement requirement = parked.requirement();
        Set<String> persons = parked.decisions().stream()
                .filter(decision -> entitled(decision, requirement))
                .map(ApprovalDecision::caller)
                .filter(person -> !requirement.otherPerson() || !person.equals(caller))
                .collect(Collectors.toSet());
        return requirement.approvals() - persons.size();
    }

    private static Optional<Failure> objection(Parked parked, String caller, ApprovalDecision decision, Instant now) {
        boolean own = decision.caller().equals(caller);
        if (!decision.planHash().equals(parked.planHash())) {
            return refused(
                    Category.CONFLICT,
                    "The decision is about another plan than the one that waits.",
                    "Look at the operation's plan again; its plan_hash is " + parked.planHash() + ".");
        }
        if (!now.isBefore(parked.expiresAt())) {
            return refused(
                    Category.CONFLICT,
                    "The operation has waited until " + parked.expiresAt() + " and waits no longer.",
                    "Ask for the change again.");
        }
        if (decision.kind() == Kind.CONSENT && !own) {
            return refused(
                    Category.FORBIDDEN,
                    "Only " + caller + " can consent to his own operation.",
                    "Whoever else decides approves or denies it.");
        }
        if (own && decision.decision() == Verdict.DENY) {
            return Optional.empty();
        }
        return (decision.kind() == Kind.CONSENT ? Optional.<Failure>empty() : entitlement(parked, decision, own))
                .or(() -> again(parked, decision));
    }

    private static Optional<Failure> entitlement(Parked parked, ApprovalDecision decision, boolean own) {
        ApprovalRequirement requirement = parked.requirement();
        if (!entitled(decision, requirement)) {
            return refused(
                    Category.FORBIDDEN,
                    decision.caller() + " has none of the roles that may decide.",
                    "One of these is needed: " + String.join(", ", new TreeSet<>(requirement.roles())) + ".");
        }
        if (own && requirement.otherPerson()) {
            return refused(
                    Category.FORBIDDEN,
                    "Nobody approves his own operation here.",
                    requirement.rule() + " asks for another person.");
        }
        return Optional.empty();
    }

    /** Who has approved may still deny. */
    private static Optional<Failure> again(Parked parked, ApprovalDecision decision) {
        boolean before = parked.decisions().stream()
                .anyMatch(other ->
                        other.kind() == decision.kind() && other.caller().equals(decision.caller()));
        return before && decision.decision() == Verdict.APPROVE
                ? refused(
                        Category.CONFLICT,
                        decision.caller() + " has approved this plan already.",
                        "Somebody else has to decide.")
                : Optional.empty();
    }

    private static boolean entitled(ApprovalDecision decision, ApprovalRequirement requirement) {
        return !Collections.disjoint(decision.roles(), requirement.roles());
    }

    private static Optional<Failure> refused(Category category, String message, String hint) {
        return Optional.of(Failure.of(category, message, hint));
    }
}
