package io.infrabridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
    @ParameterizedTest
    @EnumSource
    void everyRecordComesBackAsItWent(EventType type) {
        Object record = Json.convert(Documents.example(type), type.payload());

        assertThat(Json.read(Json.bytes(record), type.payload())).isEqualTo(record);
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordWritesAllThatItRead(EventType type) {
        Object record = Json.convert(Documents.example(type), type.payload());

        assertThat(Json.parse(Json.bytes(record))).isEqualTo(Documents.example(type));
    }

    @Test
    void envelopeComesBackFromItsHeaders() {
        Envelope envelope =
                new Envelope("1042", "/ops-console", EventType.COMMAND, Instant.parse("2026-03-02T08:15:30.25Z"));
        Map<String, String> headers = envelope.headers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new String(entry.getValue(), StandardCharsets.UTF_8)));

        assertThat(Envelope.from(headers)).isEqualTo(envelope);
    }

    @Test
    void whatANewerSenderAddsIsIgnored() {
        var newer = Documents.example(EventType.HEARTBEAT).deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) newer).put("temperature", 0.3);

        assertThat(Json.convert(newer, Heartbeat.class))
                .isEqualTo(Json.convert(Documents.example(EventType.HEARTBEAT), Heartbeat.class));
    }
}
