package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.testkit.ssh.TestSshServer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SshTraceTest {
    @Test
    void tracesConnectAndCommandBelowTheCallersSpanWithoutArguments() throws Exception {
        Collected collected = new Collected();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(collected))
                .build();
        Tracer tracer = provider.get("test");
        try (TestSshServer server = TestSshServer.start();
                SshFixture ssh = new SshFixture(List.of(server.host("app1")), Map.of(), tracer)) {
            Span parent = tracer.spanBuilder("operation").startSpan();
            CompletableFuture<Output> running;
            try (Scope scope = Context.root().with(parent).makeCurrent()) {
                running = ssh.begin("app1", Run.of("print", "echo", "secret"), Cancellation.never());
            }
            running.get();
            parent.end();
            Processes.await(() -> collected.spans.size() == 3);

            assertThat(collected.spans)
                    .extracting(SpanData::getName)
                    .containsExactlyInAnyOrder("ssh connect", "ssh exec", "operation");
            assertThat(collected.spans)
                    .allMatch(span ->
                            span.getTraceId().equals(parent.getSpanContext().getTraceId()))
                    .noneMatch(span -> span.toString().contains("secret"));
            assertThat(collected.spans)
                    .anyMatch(span -> span.getAttributes().asMap().values().containsAll(List.of("127.0.0.1", "echo")));
        }
    }

    private static final class Collected implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> batch) {
            spans.addAll(batch);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
