package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    private final Offsets offsets = new Offsets();
    private final TopicPartition partition = new TopicPartition("commands", 3);

    @Test
    void commitsOnlyBelowTheFirstUnsafeRecord() {
        receive(10, 11, 12);
        offsets.safe(partition, 11);
        assertThat(offsets.committable()).isEmpty();

        offsets.safe(partition, 10);
        assertThat(offsets.committable()).isEqualTo(Map.of(partition, new OffsetAndMetadata(12)));
        assertThat(offsets.committable()).as("nothing new").isEmpty();

        offsets.safe(partition, 12);
        assertThat(offsets.committable()).isEqualTo(Map.of(partition, new OffsetAndMetadata(13)));
    }

    @Test
    void countsWhatIsUnsafeAndForgetsADroppedPartition() {
        receive(1, 2);
        assertThat(offsets.unsafe()).isEqualTo(2);
        offsets.safe(partition, 1);
        offsets.safe(partition, 1);
        assertThat(offsets.unsafe()).isEqualTo(1);

        offsets.dropped(partition);
        offsets.safe(partition, 2);

        assertThat(offsets.unsafe()).isZero();
        assertThat(offsets.committable()).isEmpty();
    }

    private void receive(long... numbers) {
        for (long number : numbers) {
            offsets.received(partition, number);
        }
    }
}
