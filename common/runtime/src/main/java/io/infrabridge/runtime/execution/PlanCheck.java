package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import java.util.List;
import java.util.Optional;

/** Sees the plan of a change after its probe and before its first step; what it objects to is not executed. */
public interface PlanCheck {
    /** Why not, or nothing; asked at most once a run, and only about a plan in which something is to be done. */
    Optional<Objection> objection(List<StepReport> plan);

    /** How the run ends instead. */
    record Objection(State end, Failure failure) {}
}
