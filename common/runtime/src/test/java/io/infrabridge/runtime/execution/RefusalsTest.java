package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.WaitFor;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Failure LOCKED =
            Failure.of(Category.CONFLICT, "The lock is held by process 7 (apt-get).", "Ask again later.");

    private final Run step = Run.of("Install it", "apt-get", "install")
            .explainedBy(output -> output.error().contains("lock") ? Optional.of(LOCKED) : Optional.empty());

    @Test
    void sayWhatTheStepKnowsOfItsOwnFailure() {
        assertThat(Refusals.of(step.asRoot("why"), Output.failed(100, "Could not get lock")))
                .isEqualTo(LOCKED);
        WaitFor wait = new WaitFor(
                "Wait for the lock", step.accepting(0, 100), Output::succeeded, Duration.ofSeconds(1), Duration.ZERO);
        assertThat(Refusals.of(wait, Output.failed(100, "Could not get lock"))).isEqualTo(LOCKED);
    }

    @Test
    void quoteTheProgramWhereTheStepDoesNotKnow() {
        Failure failure = Refusals.of(step, Output.failed(9, "disk full"));

        assertThat(failure.category()).isEqualTo(Category.COMMAND_FAILED);
        assertThat(failure.message()).isEqualTo("Install it: apt-get ended with 9: disk full");
    }
}
