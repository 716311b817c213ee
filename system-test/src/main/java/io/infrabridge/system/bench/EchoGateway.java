package io.infrabridge.system.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes every request's body and answers with what comes back: the least that a gateway can be. */
public final class EchoGateway {
    private final Map<String, Consumer<byte[]>> waiting = new ConcurrentHashMap<>();
    private final KafkaProducer<String, byte[]> producer;
    private final Vertx vertx;

    private EchoGateway(String broker, Vertx vertx) {
        this.producer = PlainKafka.producer(broker);
        this.vertx = vertx;
        PlainKafka.consume(broker, PlainKafka.REPLIES, reply -> {
            Consumer<byte[]> receiver = waiting.remove(reply.key());
            if (receiver != null) {
                receiver.accept(reply.value());
            }
        });
    }

    public static void main(String[] args) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        EchoGateway gateway = new EchoGateway(args[0], vertx);
        vertx.createHttpServer()
                .requestHandler(gateway::handle)
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println("ready " + server.actualPort()))
                .onFailure(failure -> System.exit(1));
        new CountDownLatch(1).await();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            String id = UUID.randomUUID().toString();
            var context = vertx.getOrCreateContext();
            waiting.put(
                    id, reply -> context.runOnContext(done -> request.response().end(Buffer.buffer(reply))));
            producer.send(new ProducerRecord<>(PlainKafka.REQUESTS, id, body.getBytes()));
        });
    }
}
