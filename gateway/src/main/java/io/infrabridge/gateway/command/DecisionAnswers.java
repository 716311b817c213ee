package io.infrabridge.gateway.command;

import io.infrabridge.contract.ApprovalAnswered;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Those who wait to hear what a worker made of their decision. */
@Singleton
final class DecisionAnswers {
    private final Map<String, CompletableFuture<ApprovalAnswered>> waiting = new ConcurrentHashMap<>();

    /** Runs the sending once the answer to it cannot be missed; nothing where none comes in time. */
    Uni<Optional<ApprovalAnswered>> after(Uni<Void> sending, String decisionId, Duration atMost) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<ApprovalAnswered> answer = new CompletableFuture<>();
            waiting.put(decisionId, answer);
            return sending.chain(() -> Uni.createFrom()
                            .completionStage(answer)
                            .map(Optional::of)
                            .ifNoItem()
                            .after(atMost)
                            .recoverWithItem(Optional.empty()))
                    .onTermination()
                    .invoke(() -> waiting.remove(decisionId));
        });
    }

    void heard(ApprovalAnswered answered) {
        CompletableFuture<ApprovalAnswered> answer = waiting.get(answered.decisionId());
        if (answer != null) {
            answer.complete(answered);
        }
    }
}
