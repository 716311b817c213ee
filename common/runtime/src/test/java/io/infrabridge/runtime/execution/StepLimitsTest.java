package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.WaitFor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepLimitsTest {
    @Test
    void nothingOfALookHarmsAnybody() {
        Run look = Run.of("Look", "look");

        assertThat(StepLimits.onTheTarget(new Confirm("Come anew", Duration.ofSeconds(20))))
                .isZero();
        assertThat(StepLimits.onTheTarget(
                        new WaitFor("Wait", look, Output::succeeded, Duration.ofSeconds(1), Duration.ofSeconds(20))))
                .isZero();
    }

    @Test
    void addsUpWhatRuns() {
        Run run = Run.of("Run", "run").within(Duration.ofSeconds(10));

        assertThat(StepLimits.onTheTarget(List.of(run, run))).isEqualTo(Duration.ofSeconds(32));
    }
}
