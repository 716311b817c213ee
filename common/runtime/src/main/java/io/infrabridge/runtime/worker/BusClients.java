package io.infrabridge.runtime.worker;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the worker's clients of the bus, with the settings that its guarantees rest on. */
interface BusClients {
    /**
     * A member of the domain's group; commits only what it is told to.
     *
     * @param session after so long without a word from it the group gives its partitions to others
     */
    Consumer<String, byte[]> consumer(String group, Duration session);

    /** Reads partitions by hand, outside of any group. */
    Consumer<String, byte[]> reader();

    /** Every record is acknowledged by all replicas, written once, and tried until it is: a result must not be lost. */
    Producer<String, byte[]> producer();
}
