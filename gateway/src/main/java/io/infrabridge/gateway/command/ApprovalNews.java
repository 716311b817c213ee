package io.infrabridge.gateway.command;

import io.infrabridge.contract.ApprovalAnswered;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.catalogue.CatalogueChanged;
import io.infrabridge.gateway.security.SignedRecords;
import io.infrabridge.trust.signature.TrustedKey;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears which operations wait for people, from before this replica began, and what workers make of decisions. */
@Singleton
final class ApprovalNews {
    private static final int MOST_EARLY = 10_000;

    private final SignedRecords signed;
    private final RecentOperations operations;
    private final Authorship authorship;
    private final DecisionAnswers answers;
    private final Instant begun = Instant.now();
    private List<ConsumerRecord<String, byte[]>> early = new ArrayList<>();

    ApprovalNews(SignedRecords signed, RecentOperations operations, Authorship authorship, DecisionAnswers answers) {
        this.signed = signed;
        this.operations = operations;
        this.authorship = authorship;
        this.answers = answers;
    }

    @Incoming("approvals")
    synchronized void heard(ConsumerRecord<String, byte[]> record) {
        Optional<TrustedKey> key = signed.signer(record);
        if (key.isEmpty()) {
            return;
        }
        try {
            if (isAnswer(record)) {
                answered(record, key.get());
            } else {
                told(record, key.get());
            }
        } catch (InvalidContract e) {
            signed.drop(record, "contract", e.getMessage());
        }
    }

    /** Who may speak about a tool is known once its worker has announced it. */
    synchronized void announced(@Observes CatalogueChanged catalogue) {
        List<ConsumerRecord<String, byte[]>> again = early;
        early = new ArrayList<>();
        again.forEach(this::heard);
    }

    private void told(ConsumerRecord<String, byte[]> record, TrustedKey key) {
        Operation operation = Json.read(record.value(), Operation.class);
        if (authorship.domain(operation).isEmpty() && early.size() < MOST_EARLY) {
            early.add(record);
        } else if (!operation.id().equals(record.key()) || !authorship.isWorkerOf(key, operation)) {
            signed.drop(record, "foreign", "key " + key.id() + " does not speak for " + operation.tool());
        } else if (operation.state() == State.RUNNING
                && Instant.ofEpochMilli(record.timestamp()).isBefore(begun)) {
            // its end may have been published before this replica listened: the audit knows
            operations.forget(operation.id());
        } else {
            operations.learn(operation);
        }
    }

    private void answered(ConsumerRecord<String, byte[]> record, TrustedKey key) {
        ApprovalAnswered answer = Json.read(record.value(), ApprovalAnswered.class);
        boolean believed = operations
                .find(answer.operationId())
                .filter(known -> authorship.isWorkerOf(key, known.operation()))
                .isPresent();
        if (believed) {
            answers.heard(answer);
        }
    }

    private static boolean isAnswer(ConsumerRecord<String, byte[]> record) {
        Header type = record.headers().lastHeader("ce_type");
        return type != null
                && EventType.APPROVAL_ANSWERED.type().equals(new String(type.value(), StandardCharsets.UTF_8));
    }
}
