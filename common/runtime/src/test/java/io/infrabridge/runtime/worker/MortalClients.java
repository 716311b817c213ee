package io.infrabridge.runtime.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Clients that work as long as their worker lives. One that is dead leaves its group, so that no test waits for its session. */
final class MortalClients implements BusClients {
    private final BusClients real;
    private final Life life;

    MortalClients(BusClients real, Life life) {
        this.real = real;
        this.life = life;
    }

    @Override
    public Consumer<String, byte[]> reader() {
        return real.reader();
    }

    @Override
    public Consumer<String, byte[]> consumer(String group, Duration session) {
        Consumer<String, byte[]> consumer = real.consumer(group, session);
        return proxy(Consumer.class, new InvocationHandler() {
            private boolean left;

            @Override
            public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
                boolean commits = method.getName().startsWith("commit");
                if (commits ? !life.goesOn("commit") : life.dead()) {
                    leave();
                    return nothing(method);
                }
                return call(consumer, method, arguments);
            }

            private void leave() {
                if (!left) {
                    left = true;
                    // it is called by the consumer's own thread, and the listener's commits have no effect any more
                    consumer.close(Duration.ZERO);
                }
            }
        });
    }

    @Override
    public Producer<String, byte[]> producer() {
        Producer<String, byte[]> producer = real.producer();
        return proxy(Producer.class, (self, method, arguments) -> {
            if (method.getName().equals("close")) {
                producer.close(Duration.ZERO);
                return null;
            }
            if (!method.getName().equals("send")) {
                return call(producer, method, arguments);
            }
            @SuppressWarnings("unchecked")
            ProducerRecord<String, byte[]> record = (ProducerRecord<String, byte[]>) arguments[0];
            Callback callback = (Callback) arguments[1];
            String what = named(record);
            if (!goesOn("before " + what, what)) {
                return new CompletableFuture<>();
            }
            return producer.send(record, (metadata, failure) -> {
                if (goesOn("after " + what, what)) {
                    callback.onCompletion(metadata, failure);
                }
            });
        });
    }

    private boolean goesOn(String moment, String what) {
        return what.isEmpty() ? !life.dead() : life.goesOn(moment);
    }

    /** Of what matters to a change; all else is without a name. */
    private static String named(ProducerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.RESULTS)) {
            return "result";
        }
        if (!record.topic()
                .startsWith(
                        Topics.ledger(io.infrabridge.contract.Domain.of("x")).replaceFirst("x$", ""))) {
            return "";
        }
        JsonNode entry = Json.parse(record.value()).path("entry");
        String step = entry.path("begun").path("step").asText();
        String back = entry.path("begun").has("retreat") ? " on the way back" : "";
        return "ledger " + entry.path("phase").asText() + " " + step + back;
    }

    private static Object nothing(Method method) {
        Class<?> type = method.getReturnType();
        if (type == ConsumerRecords.class) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            return ConsumerRecords.empty();
        }
        return type == Set.class ? Set.of() : type == Map.class ? Map.of() : null;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<?> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(MortalClients.class.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
