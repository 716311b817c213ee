package io.infrabridge.cluster.kubernetes;

import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Continuity;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.execution.OperationRunner;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.operation.ClusterOperation;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs operations as the worker does, without the bus around it. */
record TestRun(Targets targets) {
    <I extends Record, O extends Record> Ended run(ClusterOperation<I, O> operation, I in, String cluster) {
        return run(operation, in, cluster, false);
    }

    <I extends Record, O extends Record> Ended dryRun(ClusterOperation<I, O> operation, I in, String cluster) {
        return run(operation, in, cluster, true);
    }

    private <I extends Record, O extends Record> Ended run(
            ClusterOperation<I, O> operation, I in, String cluster, boolean dry) {
        Clock clock = Clock.systemUTC();
        OperationRunner runner =
                new OperationRunner(List.of(targets), OpenTelemetry.noop().getTracer("test"), clock);
        Running running = new Running(
                dry,
                clock.instant().plus(Duration.ofMinutes(1)),
                Cancellation.never(),
                () -> true,
                Optional.empty(),
                (done, of, description) -> {},
                Continuity.none("o1"),
                Context.root());
        return runner.run(operation, in, cluster, running).await().atMost(Duration.ofMinutes(2));
    }
}
