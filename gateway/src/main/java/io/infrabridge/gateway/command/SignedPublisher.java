package io.infrabridge.gateway.command;

import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.Json;
import io.infrabridge.trust.signature.SigningKey;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Puts a record into its envelope, signs its exact bytes for its topic and hands it to the bus, inside a span of its own. */
@Singleton
final class SignedPublisher {
    private final Bus bus;
    private final SigningKey key;
    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    SignedPublisher(Bus bus, SigningKey key, OpenTelemetry telemetry) {
        this.bus = bus;
        this.key = key;
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer("io.infrabridge.gateway");
    }

    Uni<Void> publish(String topic, String recordKey, Envelope envelope, Object payload) {
        return publish(topic, recordKey, envelope, Json.bytes(payload));
    }

    /** Publishes what exists as bytes already: only so is a command that is published again the same one. */
    Uni<Void> publish(String topic, String recordKey, Envelope envelope, byte[] value) {
        Span span = tracer.spanBuilder(topic + " publish")
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.destination.name", topic)
                .setAttribute("messaging.message.id", envelope.id())
                .startSpan();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, recordKey, value);
        envelope.headers().forEach((name, bytes) -> record.headers().add(name, bytes));
        record.headers().add(Envelope.KEY_ID_HEADER, utf8(key.id()));
        record.headers().add(Envelope.SIGNATURE_HEADER, utf8(key.sign(topic, value)));
        telemetry
                .getPropagators()
                .getTextMapPropagator()
                .inject(Context.current().with(span), record.headers(), SignedPublisher::set);
        return bus.send(record)
                .onFailure()
                .invoke(failure -> span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage())))
                .onTermination()
                .invoke(span::end);
    }

    private static void set(@org.jspecify.annotations.Nullable Headers headers, String name, String value) {
        if (headers != null) {
            headers.remove(name).add(name, utf8(value));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
