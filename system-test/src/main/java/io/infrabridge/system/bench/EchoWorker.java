package io.infrabridge.system.bench;

import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Answers every request with itself: the least that a worker can be. */
public final class EchoWorker {
    private EchoWorker() {}

    public static void main(String[] args) throws InterruptedException {
        String broker = args[0];
        KafkaProducer<String, byte[]> producer = PlainKafka.producer(broker);
        PlainKafka.consume(
                broker,
                PlainKafka.REQUESTS,
                record -> producer.send(new ProducerRecord<>(PlainKafka.REPLIES, record.key(), record.value())));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
