package io.infrabridge.gateway.security;

import io.infrabridge.contract.Category;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Says that a record was not believed, or said what its sender may not say, and was dropped. */
public record DroppedRecord(ConsumerRecord<String, byte[]> record, Category category, String why) {}
