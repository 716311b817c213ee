package io.infrabridge.audit.trail;

import io.infrabridge.contract.Envelope;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** One span a stored batch, linked to the traces of its records: a batch has no single parent. */
@ApplicationScoped
class TrailSpans {
    private static final int MOST_LINKS = 128;

    private final Tracer tracer;

    TrailSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    Span begin(List<ConsumerRecord<byte[], byte[]>> records) {
        SpanBuilder span = tracer.spanBuilder("audit store")
                .setNoParent()
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.batch.message_count", records.size());
        records.stream().limit(MOST_LINKS).forEach(record -> link(span, record));
        return span.startSpan();
    }

    static void failed(Span span, Throwable why) {
        span.recordException(why);
        span.setStatus(StatusCode.ERROR);
    }

    private static void link(SpanBuilder span, ConsumerRecord<byte[], byte[]> record) {
        Header parent = record.headers().lastHeader(Envelope.TRACEPARENT_HEADER);
        if (parent != null && parent.value() != null) {
            Map<String, String> carrier =
                    Map.of(Envelope.TRACEPARENT_HEADER, new String(parent.value(), StandardCharsets.UTF_8));
            Context context = W3CTraceContextPropagator.getInstance().extract(Context.root(), carrier, Carrier.GETTER);
            span.addLink(Span.fromContext(context).getSpanContext());
        }
    }

    private enum Carrier implements TextMapGetter<Map<String, String>> {
        GETTER;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
