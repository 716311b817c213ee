package io.infrabridge.gateway.command;

import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who wait for news of an operation; nobody is forgotten before he stops waiting himself. */
@Singleton
final class Watchers {
    private final Map<String, List<Consumer<Update>>> watchers = new ConcurrentHashMap<>();

    /** Runs the listener for every update until the returned action is run. */
    Runnable watch(String id, Consumer<Update> listener) {
        watchers.compute(id, (key, list) -> {
            List<Consumer<Update>> grown = list == null ? new CopyOnWriteArrayList<>() : list;
            grown.add(listener);
            return grown;
        });
        return () -> watchers.computeIfPresent(id, (key, list) -> {
            list.remove(listener);
            return list.isEmpty() ? null : list;
        });
    }

    /** Every update from the subscription on; never ends by itself. */
    Multi<Update> updates(String id) {
        return Multi.createFrom().emitter(emitter -> {
            Consumer<Update> listener = emitter::emit;
            emitter.onTermination(watch(id, listener));
        });
    }

    void tell(Update update) {
        watchers.getOrDefault(update.operationId(), List.of()).forEach(listener -> listener.accept(update));
    }
}
