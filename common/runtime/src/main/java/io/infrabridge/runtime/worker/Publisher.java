package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.trust.signature.SigningKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Signs and publishes everything that a worker says. */
final class Publisher {
    private final Outbox outbox;
    private final SigningKey key;
    private final String source;
    private final Clock clock;

    Publisher(Outbox outbox, SigningKey key, String source, Clock clock) {
        this.outbox = outbox;
        this.key = key;
        this.source = source;
        this.clock = clock;
    }

    /** Done when the broker has it for good. */
    Uni<Void> publish(String topic, String recordKey, String eventId, EventType type, Object payload, Context trace) {
        return publishRaw(topic, recordKey, eventId, type, Json.bytes(payload), trace);
    }

    Uni<Void> publishRaw(String topic, String recordKey, String eventId, EventType type, byte[] value, Context trace) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, recordKey, value);
        Headers headers = record.headers();
        new Envelope(eventId, "/" + source, type, clock.instant()).headers().forEach(headers::add);
        headers.add(Envelope.KEY_ID_HEADER, utf8(key.id()));
        headers.add(Envelope.SIGNATURE_HEADER, utf8(key.sign(topic, value)));
        W3CTraceContextPropagator.getInstance().inject(trace, headers, (carrier, name, text) -> {
            if (carrier != null) {
                carrier.remove(name).add(name, utf8(text));
            }
        });
        return outbox.send(record);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
