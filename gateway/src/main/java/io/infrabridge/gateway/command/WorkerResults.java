package io.infrabridge.gateway.command;

import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Progress;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.security.SignedRecords;
import io.infrabridge.trust.signature.TrustedKey;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears how operations go on and end; believes about an operation only the domain that its tool belongs to. */
@Singleton
final class WorkerResults {
    private final SignedRecords signed;
    private final RecentOperations operations;
    private final Authorship authorship;
    private final OperationMetrics metrics;

    WorkerResults(SignedRecords signed, RecentOperations operations, Authorship authorship, OperationMetrics metrics) {
        this.signed = signed;
        this.operations = operations;
        this.authorship = authorship;
        this.metrics = metrics;
    }

    @Incoming("results")
    void ended(ConsumerRecord<String, byte[]> record) {
        Optional<TrustedKey> key = signed.signer(record);
        if (key.isEmpty()) {
            return;
        }
        try {
            Operation operation = Json.read(record.value(), Operation.class);
            if (!operation.id().equals(record.key())) {
                signed.drop(record, "contract", "the key is not the operation's id");
            } else if (!mayEnd(key.get(), operation)) {
                signed.drop(record, "foreign", "key " + key.get().id() + " does not speak for " + operation.tool());
            } else {
                metrics.ended(operation);
                operations.learn(operation);
            }
        } catch (InvalidContract e) {
            signed.drop(record, "contract", e.getMessage());
        }
    }

    @Incoming("progress")
    void advanced(ConsumerRecord<String, byte[]> record) {
        Optional<TrustedKey> key = signed.signer(record);
        if (key.isEmpty()) {
            return;
        }
        try {
            Progress progress = Json.read(record.value(), Progress.class);
            operations
                    .find(progress.operationId())
                    .filter(known -> authorship.isWorkerOf(key.get(), known.operation()))
                    .ifPresent(known -> operations.advance(progress));
        } catch (InvalidContract e) {
            signed.drop(record, "contract", e.getMessage());
        }
    }

    /** An issuer may say only that it refused a request of its own. */
    private boolean mayEnd(TrustedKey key, Operation operation) {
        return authorship.isWorkerOf(key, operation)
                || (key.kind() == TrustedKey.Kind.ISSUER
                        && key.service().equals(operation.issuer())
                        && operation.state() == State.REJECTED);
    }
}
