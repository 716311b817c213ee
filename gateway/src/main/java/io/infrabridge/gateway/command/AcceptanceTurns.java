package io.infrabridge.gateway.command;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets requests under one idempotency key follow one another, so that none answers with an operation that was then not
 * published: who comes meanwhile looks again when the one before him is done, and fails as it failed.
 */
final class AcceptanceTurns {
    private final Map<String, Uni<Acceptance.Accepted>> running = new ConcurrentHashMap<>();

    Uni<Acceptance.Accepted> take(String id, Supplier<Uni<Acceptance.Accepted>> work) {
        return Uni.createFrom().deferred(() -> {
            Uni<Acceptance.Accepted> own = Uni.createFrom()
                    .deferred(work::get)
                    .onTermination()
                    .invoke(() -> running.remove(id))
                    .memoize()
                    .indefinitely();
            Uni<Acceptance.Accepted> before = running.putIfAbsent(id, own);
            return before == null ? own : before.chain(done -> take(id, work));
        });
    }
}
