package io.infrabridge.gateway.command;

import io.infrabridge.contract.Command;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * That an idempotency key is used, and for what.
 *
 * @param requestHash tells a repeated request from another one
 * @param place where the claim is in its topic, with the command for which the key was used
 */
record Claim(String requestHash, TopicPartition place, long offset, Instant at) {
    static Claim of(ConsumerRecord<String, byte[]> record, Command command) {
        return new Claim(
                Commands.hash(command),
                new TopicPartition(record.topic(), record.partition()),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()));
    }

    /**
     * The first claim of a key.
     *
     * @param value the very bytes that must be published for it, where they were heard just now
     */
    record Heard(Claim claim, Optional<byte[]> value) {}
}
