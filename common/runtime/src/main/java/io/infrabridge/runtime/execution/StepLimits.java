package io.infrabridge.runtime.execution;

import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.WaitFor;
import java.time.Duration;
import java.util.List;

/** How long steps can be alive on their target, whatever becomes of the worker that started them. */
final class StepLimits {
    /** {@code timeout -k 5} has killed a step by then at the latest. */
    static final Duration GRACE = Duration.ofSeconds(6);

    /** For a request to a cluster; the client gives up before. */
    private static final Duration CALL = Duration.ofSeconds(30);

    private StepLimits() {}

    static Duration onTheTarget(Step step) {
        if (step instanceof WaitFor || step instanceof Confirm) {
            // it only looks: whatever is still looking harms nobody
            return Duration.ZERO;
        }
        return (step instanceof Run run ? run.limit() : CALL).plus(GRACE);
    }

    static Duration onTheTarget(List<Step> steps) {
        return steps.stream().map(StepLimits::onTheTarget).reduce(Duration.ZERO, Duration::plus);
    }
}
