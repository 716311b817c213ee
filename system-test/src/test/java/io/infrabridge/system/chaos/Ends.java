package io.infrabridge.system.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Follows operations to their end, as any client would. */
record Ends(Gateway gateway) {
    private static final int AT_ONCE = 8;

    /** Each operation as it stands at its end, or as it was last seen when the time is over; nothing for one that nobody knows. */
    Map<String, JsonNode> of(Collection<String> ids, Duration limit) throws InterruptedException {
        Map<String, JsonNode> last = new ConcurrentHashMap<>();
        Instant deadline = Instant.now().plus(limit);
        ExecutorService followers = Executors.newFixedThreadPool(AT_ONCE);
        ids.forEach(id -> followers.execute(() -> follow(id, deadline, last)));
        followers.shutdown();
        if (!followers.awaitTermination(limit.toSeconds() + 60, TimeUnit.SECONDS)) {
            followers.shutdownNow();
        }
        return last;
    }

    static boolean ended(JsonNode operation) {
        return State.valueOf(operation.path("state").asText("ACCEPTED")).terminal();
    }

    private void follow(String id, Instant deadline, Map<String, JsonNode> last) {
        while (true) {
            Optional<JsonNode> seen = gateway.get("/api/v1/operations/" + id)
                    .filter(answer -> answer.status() == 200)
                    .map(Gateway.Answer::body);
            seen.ifPresent(operation -> last.put(id, operation));
            if (seen.filter(Ends::ended).isPresent() || Instant.now().isAfter(deadline)) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
    }
}
