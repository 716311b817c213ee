package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.trust.inventory.Host;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** Spans for what happens over SSH: host and program, never arguments. */
@Singleton
public final class SshTrace {
    private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> PROGRAM = AttributeKey.stringKey("process.command");

    private final Tracer tracer;

    @Inject
    public SshTrace(Tracer tracer) {
        this.tracer = tracer;
    }

    <T> CompletableFuture<T> connect(Context parent, Host host, CompletableFuture<T> work) {
        return until(work, start("ssh connect", parent, host));
    }

    <T> CompletableFuture<T> exec(Context parent, Host host, String program, CompletableFuture<T> work) {
        return until(work, start("ssh exec", parent, host).setAttribute(PROGRAM, program));
    }

    private Span start(String name, Context parent, Host host) {
        return tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(SERVER, host.address())
                .setAttribute(PORT, (long) host.sshPort())
                .startSpan();
    }

    private static <T> CompletableFuture<T> until(CompletableFuture<T> work, Span span) {
        work.whenComplete((result, failure) -> {
            if (failure != null) {
                span.setStatus(StatusCode.ERROR, Disclosure.usual().text(String.valueOf(failure.getMessage())));
            }
            span.end();
        });
        return work;
    }
}
