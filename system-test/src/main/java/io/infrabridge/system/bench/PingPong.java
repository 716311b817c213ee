package io.infrabridge.system.bench;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Two hops over Kafka and nothing else: one record there, its echo back. */
final class PingPong implements Load.Connection {
    private final KafkaProducer<String, byte[]> producer;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private final byte[] value;
    private final PlainKafka.Running consumer;

    PingPong(String broker, byte[] value) {
        this.producer = PlainKafka.producer(broker);
        this.value = value;
        this.consumer = PlainKafka.consume(broker, PlainKafka.REPLIES, reply -> replies.add(reply.key()));
    }

    @Override
    public void roundTrip() throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        producer.send(new ProducerRecord<>(PlainKafka.REQUESTS, id, value));
        String reply = replies.poll(30, TimeUnit.SECONDS);
        if (!id.equals(reply)) {
            throw new IOException("another reply than that to " + id + ": " + reply);
        }
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
