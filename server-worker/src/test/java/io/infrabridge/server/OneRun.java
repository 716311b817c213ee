package io.infrabridge.server;

import io.infrabridge.contract.Json;
import io.infrabridge.runtime.catalogue.ArgumentDecoder;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Continuity;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.execution.OperationRunner;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.operation.HostOperation;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs an operation on a host of a test as a worker does, to its end; nobody cancels it. */
public final class OneRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private OneRun() {}

    /** Of arguments as they come from a caller, with apostrophes for quotation marks. */
    public static <I extends Record, O extends Record> Ended of(
            HostOperation<I, O> operation, String arguments, Targets hosts, String host) {
        return of(operation, arguments, hosts, host, Continuity.none("o1"));
    }

    /** The same where an earlier worker may have begun it. */
    public static <I extends Record, O extends Record> Ended of(
            HostOperation<I, O> operation, String arguments, Targets hosts, String host, Continuity continuity) {
        I in = new ArgumentDecoder().decode(operation.spec(), Json.parse(arguments.replace('\'', '"')));
        return of(operation, in, hosts, host, continuity);
    }

    public static <I extends Record, O extends Record> Ended of(
            HostOperation<I, O> operation, I in, Targets hosts, String host, Continuity continuity) {
        Running running = new Running(
                false,
                Instant.now().plusSeconds(600),
                Cancellation.never(),
                () -> true,
                Optional.empty(),
                (done, of, description) -> {},
                continuity,
                Context.root());
        return new OperationRunner(List.of(hosts), OpenTelemetry.noop().getTracer("test"), Clock.systemUTC())
                .run(operation, in, host, running)
                .await()
                .atMost(PATIENCE);
    }
}
