package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.WaitFor;

/** Says why the output of a step is not what the step is for. */
final class Refusals {
    private static final int LONGEST_QUOTE = 1000;

    private Refusals() {}

    static Failure of(Step step, Output output) {
        return step.explain(output).orElseGet(() -> unexplained(step, output));
    }

    private static Failure unexplained(Step step, Output output) {
        if (step instanceof WaitFor wait && wait.look().accepts(output)) {
            return Failure.of(
                    Category.TIMEOUT,
                    step.description() + ": it did not happen in time.",
                    "The last look is among the steps; it may still happen.");
        }
        if (output.missing() && step instanceof Run run) {
            return Failure.of(
                    Category.PROGRAM_MISSING,
                    "The program " + run.program() + " is not installed on the target.",
                    "Install it, or choose a target that has it.");
        }
        String said = (output.error().isBlank() ? output.text() : output.error()).strip();
        boolean call = step instanceof Call;
        return Failure.of(
                call ? ofStatus(output.status()) : Category.COMMAND_FAILED,
                step.description() + ": " + step.command().get(0) + (call ? " answered " : " ended with ")
                        + output.status()
                        + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(said.length(), LONGEST_QUOTE))),
                "The steps show the exact command; the message is the target's own.");
    }

    private static Category ofStatus(int status) {
        return switch (status) {
            case 401 -> Category.CLUSTER_REFUSED;
            case 403 -> Category.FORBIDDEN;
            case 404 -> Category.NOT_FOUND;
            case 409 -> Category.CONFLICT;
            default -> Category.COMMAND_FAILED;
        };
    }
}
