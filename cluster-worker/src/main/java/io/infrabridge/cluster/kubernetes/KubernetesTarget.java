package io.infrabridge.cluster.kubernetes;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Execution;
import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.operation.ApiRequest;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.ClusterFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Step;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Optional;

/** One Kubernetes cluster, worked on by calls to its API. */
final class KubernetesTarget implements Target<ClusterFacts> {
    private final ClusterConnection connection;
    private final Tracer tracer;

    KubernetesTarget(ClusterConnection connection, Tracer tracer) {
        this.connection = connection;
        this.tracer = tracer;
    }

    @Override
    public ClusterFacts facts() {
        return connection.facts();
    }

    @Override
    public Execution execution(boolean sudoRequired) {
        return new Execution(
                Execution.Mode.REMOTE,
                facts().name(),
                connection.user(),
                Optional.empty(),
                sudoRequired,
                Optional.empty());
    }

    @Override
    public Uni<Output> execute(Step step, Cancellation cancellation) {
        if (!(step instanceof Call call)) {
            return Uni.createFrom()
                    .failure(ExecutionFailure.before(
                            Category.UNSUPPORTED_TARGET,
                            "Cluster " + facts().name() + " takes calls to its API and runs no programs.",
                            "Choose a host as the target."));
        }
        return Uni.createFrom()
                .deferred(() -> traced(call.request(), cancellation))
                // what follows parses the answer, which is too much work for an event loop
                .emitOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<Output> traced(ApiRequest request, Cancellation cancellation) {
        Span span = tracer.spanBuilder("kubernetes " + request.method())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("k8s.cluster.name", facts().name())
                .setAttribute("http.request.method", request.method().name())
                .setAttribute("url.path", request.path())
                .startSpan();
        return ApiExchange.send(connection, request, cancellation)
                .onItem()
                .invoke(output -> span.setAttribute("http.response.status_code", output.status()))
                .onFailure()
                .invoke(failure ->
                        span.setStatus(StatusCode.ERROR, Disclosure.usual().text(String.valueOf(failure.getMessage()))))
                .onTermination()
                .invoke(span::end);
    }
}
