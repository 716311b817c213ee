package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.contract.Execution;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.HostLink;
import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.trust.inventory.Host;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs steps on one host over its pooled sessions. */
final class SshLink implements HostLink {
    private final Host host;
    private final SshSessions sessions;
    private final RemoteRun.Watch watch;
    private final SshTrace trace;
    private volatile Optional<String> lastSession;

    SshLink(Host host, SshSessions sessions, RemoteRun.Watch watch, SshTrace trace) {
        this.host = host;
        this.sessions = sessions;
        this.watch = watch;
        this.trace = trace;
        this.lastSession = sessions.current(host);
    }

    @Override
    public Execution.Mode mode() {
        return Execution.Mode.REMOTE;
    }

    @Override
    public Optional<String> connectionId() {
        return lastSession;
    }

    @Override
    public Uni<Output> run(Run step, boolean root, Cancellation cancellation) {
        return Uni.createFrom()
                .completionStage(() -> start(step, root, cancellation))
                // what follows may block, and these threads serve every host
                .emitOn(Infrastructure.getDefaultExecutor());
    }

    @Override
    public Uni<Output> confirm(Confirm step) {
        return Uni.createFrom()
                .completionStage(() -> new FreshConnection(host, step, watch).over(sessions.fresh(host)))
                .emitOn(Infrastructure.getDefaultExecutor());
    }

    private CompletableFuture<Output> start(Run step, boolean root, Cancellation cancellation) {
        RemoteRun run = new RemoteRun(host, step, root, sessions, watch);
        CompletableFuture<Output> output = trace.exec(Context.current(), host, step.program(), run.start());
        Runnable withdraw = cancellation.onRequest(run::cancel);
        // a copy, because whoever loses interest in the answer must not make it look answered
        return output.whenComplete((answer, failure) -> {
                    withdraw.run();
                    run.sessionId().ifPresent(id -> lastSession = Optional.of(id));
                })
                .copy();
    }
}
