package io.infrabridge.runtime.execution;

import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import java.util.List;
import java.util.Optional;

/** The steps of a plan as they would be run, with what would take each back. */
final class StepReports {
    private StepReports() {}

    static List<StepReport> foreseen(Plan plan, Probed before) {
        return plan.steps().stream().map(step -> foreseen(step, before)).toList();
    }

    private static StepReport foreseen(Step step, Probed before) {
        return new StepReport(
                StepReport.Phase.CHANGE,
                step.description(),
                step.command(),
                Optional.empty(),
                Optional.empty(),
                false,
                step.undo().foreseen(before).stream().map(Step::command).toList(),
                step.sudo());
    }
}
