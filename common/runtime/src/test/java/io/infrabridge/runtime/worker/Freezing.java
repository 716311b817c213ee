package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Execution;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.testkit.TestBroker;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A worker that can be stopped at once in all that it does, as by SIGSTOP, and go on later as if nothing had been. Its consumer's
 * own thread cannot be stopped from here, so the group takes its partitions away because it does not poll.
 */
final class Freezing {
    private static final int NOT_POLLED_MS = 6000;

    private final KafkaClients real = new KafkaClients(TestBroker.bootstrapServers());
    private final StepCount worked = new StepCount();
    private final List<Runnable> held = new ArrayList<>();
    private boolean frozen;

    synchronized void freeze() {
        frozen = true;
    }

    void thaw() {
        List<Runnable> all;
        synchronized (this) {
            frozen = false;
            notifyAll();
            all = List.copyOf(held);
        }
        all.forEach(Infrastructure.getDefaultExecutor()::execute);
    }

    /** The steps that the worker itself has begun. */
    StepCount worked() {
        return worked;
    }

    /** For threads of its own. */
    private synchronized void pass() {
        try {
            while (frozen) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For the threads that all share. */
    private void whenThawed(Runnable next) {
        synchronized (this) {
            if (frozen) {
                held.add(next);
                return;
            }
        }
        next.run();
    }

    BusClients clients() {
        return new BusClients() {
            @Override
            public Consumer<String, byte[]> consumer(String group, Duration session) {
                Map<String, Object> settings = real.member(group, session);
                settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, NOT_POLLED_MS);
                Consumer<String, byte[]> consumer =
                        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
                return frozenWith(Consumer.class, consumer);
            }

            @Override
            public Consumer<String, byte[]> reader() {
                return real.reader();
            }

            @Override
            public Producer<String, byte[]> producer() {
                return frozenWith(Producer.class, real.producer());
            }
        };
    }

    Targets targets(SlowHost host) {
        return new FrozenHost(host);
    }

    @SuppressWarnings("unchecked")
    private <T> T frozenWith(Class<?> type, T real) {
        return (T) Proxy.newProxyInstance(
                Freezing.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    pass();
                    Object[] passed = arguments;
                    if (method.getName().equals("send")) {
                        Callback callback = (Callback) arguments[1];
                        passed = new Object[] {
                            (ProducerRecord<?, ?>) arguments[0],
                            (Callback) (metadata, failure) -> whenThawed(() -> callback.onCompletion(metadata, failure))
                        };
                    }
                    try {
                        Object answer = method.invoke(real, passed);
                        pass();
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The host as the worker reaches it: what it has begun there goes on. */
    private final class FrozenHost implements Targets, Target<HostFacts> {
        private final SlowHost host;

        FrozenHost(SlowHost host) {
            this.host = host;
        }

        @Override
        public TargetKind kind() {
            return TargetKind.HOST;
        }

        @Override
        public Uni<? extends Target<?>> reach(String name) {
            return Uni.createFrom().item(this);
        }

        @Override
        public HostFacts facts() {
            return host.facts();
        }

        @Override
        public Execution execution(boolean sudoRequired) {
            return host.execution(sudoRequired);
        }

        @Override
        public Uni<Output> execute(Step step, Cancellation cancellation) {
            worked.add();
            return Uni.createFrom()
                    .emitter(emitter -> host.execute(step, cancellation)
                            .subscribe()
                            .with(output -> whenThawed(() -> emitter.complete(output)), emitter::fail));
        }
    }
}
