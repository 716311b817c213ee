package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.runtime.execution.Ended;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is seen from outside of the operations that run here: spans, metrics, and health events when a target changes. */
final class Observations {
    private static final Logger LOG = Logger.getLogger(Observations.class);
    private static final Set<Category> AWAY = EnumSet.of(
            Category.HOST_UNREACHABLE,
            Category.HOST_KEY_MISMATCH,
            Category.LOGIN_REFUSED,
            Category.CONNECTION_LOST,
            Category.CLUSTER_UNREACHABLE,
            Category.CLUSTER_REFUSED);

    private final Tracer tracer;
    private final MeterRegistry metrics;
    private final TargetHealth health;
    private final List<Onlooker> onlookers;
    private final Clock clock;

    Observations(Tracer tracer, MeterRegistry metrics, TargetHealth health, List<Onlooker> onlookers, Clock clock) {
        this.tracer = tracer;
        this.metrics = metrics;
        this.health = health;
        this.onlookers = List.copyOf(onlookers);
        this.clock = clock;
    }

    Span begin(Task task) {
        io.opentelemetry.api.trace.Span span = tracer.spanBuilder("process "
                        + task.command().tool() + " " + task.command().action())
                .setParent(task.trace())
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("infrabridge.operation.id", task.command().id())
                .setAttribute("infrabridge.target", task.command().target())
                .startSpan();
        return new Span(span, task.trace().with(span));
    }

    void ended(Task task, Ended ended, Instant started) {
        metrics.timer(
                        "infrabridge.worker.operations",
                        "tool",
                        task.command().tool(),
                        "action",
                        task.command().action(),
                        "state",
                        ended.state().name())
                .record(Duration.between(started, clock.instant()));
        onlookers.forEach(onlooker -> tell(onlooker, task.command(), ended));
        Category category = ended.failure().map(Failure::category).orElse(Category.INTERNAL);
        if (ended.failure().isPresent() && AWAY.contains(category)) {
            health(
                    task,
                    HealthEvent.Status.FAILED,
                    List.of(ended.failure().get().message()));
        } else if (ended.execution().isPresent()) {
            health(task, HealthEvent.Status.HEALTHY, List.of());
        }
    }

    /** What it does with it is no matter of the operation's. */
    private static void tell(Onlooker onlooker, Command command, Ended ended) {
        try {
            onlooker.ended(command, ended);
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "what is counted of operations went wrong at %s", command.id());
        }
    }

    private void health(Task task, HealthEvent.Status now, List<String> issues) {
        String kind = task.operation().spec().targetKind() == TargetKind.HOST ? "host" : "cluster";
        health.seen(kind, task.command().target(), now, issues, task.trace());
    }

    /** The span of one operation, and the context in which its steps run. */
    record Span(io.opentelemetry.api.trace.Span span, Context context) {
        void end(@Nullable Throwable failure) {
            if (failure != null) {
                span.setStatus(StatusCode.ERROR, Disclosure.usual().text(String.valueOf(failure.getMessage())));
            }
            span.end();
        }
    }
}
