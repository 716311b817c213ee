package io.infrabridge.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A record that could not or must not be processed, with the reason and everything needed to look at it again.
 *
 * @param value the record's value as base64
 * @param headers the record's headers as text
 */
public record DeadLetter(
        String id,
        String topic,
        int partition,
        long offset,
        Optional<String> key,
        String value,
        Map<String, String> headers,
        Failure failure,
        String worker,
        Instant at) {
    public DeadLetter {
        Require.id(id, "id");
        Require.text(topic, "topic", 249);
        Require.present(value, "value");
        headers = Map.copyOf(Require.present(headers, "headers"));
        Require.present(failure, "failure");
        Require.name(worker, "worker");
        Require.present(at, "at");
    }
}
