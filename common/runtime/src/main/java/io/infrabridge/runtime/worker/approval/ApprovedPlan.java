package io.infrabridge.runtime.worker.approval;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.execution.PlanCheck;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Lets through the plan that was approved and no other.
 *
 * @param resumed whether an earlier owner may have begun to run it; then what is left of it is let through too
 */
public record ApprovedPlan(Command command, Parked approved, boolean resumed) implements PlanCheck {
    @Override
    public Optional<Objection> objection(List<StepReport> plan) {
        if (PlanHash.of(command, plan).equals(approved.planHash())) {
            return Optional.empty();
        }
        if (!resumed) {
            return Optional.of(
                    new Objection(
                            State.REJECTED,
                            Failure.of(
                                    Category.CONFLICT,
                                    "The plan has changed since it was approved, which voids the approval; nothing was run.",
                                    "The steps show the plan as it is now. Ask for the change again and have that one approved.")));
        }
        return left(plan)
                ? Optional.empty()
                : Optional.of(new Objection(
                        State.INDETERMINATE,
                        Failure.of(
                                Category.INTERRUPTED,
                                "The worker that may have begun to run the approved plan died, and what is left to do"
                                        + " is not a part of that plan.",
                                "Look at the target before asking again. The steps show what would be left to do.")));
    }

    /** Whether these are steps of the approved plan, in its order. */
    private boolean left(List<StepReport> plan) {
        Iterator<StepReport> approvedSteps = approved.plan().iterator();
        return plan.stream().allMatch(step -> {
            while (approvedSteps.hasNext()) {
                StepReport next = approvedSteps.next();
                if (next.command().equals(step.command()) && next.sudo().equals(step.sudo())) {
                    return true;
                }
            }
            return false;
        });
    }
}
