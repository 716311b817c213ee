package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.execution.PlanCheck;
import java.util.List;
import java.util.Optional;

/** Lets no plan through, and knows whether there was one: what has nothing to do needs nobody's approval. */
final class PlanHeldBack implements PlanCheck {
    private volatile boolean held;

    @Override
    public Optional<Objection> objection(List<StepReport> plan) {
        held = true;
        return Optional.of(new Objection(
                State.REJECTED, Failure.of(Category.FORBIDDEN, "The plan waits for approval.", "Have it approved.")));
    }

    boolean held() {
        return held;
    }
}
