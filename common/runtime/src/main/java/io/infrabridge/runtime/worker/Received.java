package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** A record as it came, with its headers as text; a header that is there twice reads as empty. */
record Received(
        String topic, int partition, long offset, @Nullable String key, byte[] value, Map<String, String> headers) {
    private static final byte[] EMPTY = new byte[0];

    static Received from(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            String text = header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
            // an ambiguous header must not be read one way here and another way elsewhere
            headers.merge(header.key(), text, (first, second) -> "");
        }
        return new Received(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.value() == null ? EMPTY : record.value(),
                Map.copyOf(headers));
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /**
     * Whether it stands where every record of its key stands. A copy in another partition would come to a ledger that does not
     * know the original, perhaps in another worker.
     */
    boolean isInThePartitionOfItsKey() {
        return key != null
                && partition
                        == Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % Topics.PARTITIONS;
    }

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }
}
