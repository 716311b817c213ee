package io.infrabridge.gateway.rest;

import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.command.DeadLetters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents that exist only as JSON, for the description of the interface. */
final class Documents {
    private Documents() {}

    record OperationRequestDocument(
            String tool,
            Map<String, Object> arguments,
            Optional<Boolean> dryRun,
            Optional<String> reason,
            Optional<Integer> timeoutSeconds) {}

    record ApprovalDocument(Decision decision, String planHash, Optional<String> comment) {}

    /** What an approver says. */
    enum Decision {
        approve,
        deny
    }

    /**
     * Operations, newest first.
     *
     * @param nextCursor to be sent back for the next page; absent on the last
     */
    record OperationPage(List<Operation> operations, Optional<String> nextCursor) {}

    /** Why something is replayed. */
    record ReplayDocument(String reason) {}

    /**
     * Dead letters, newest first.
     *
     * @param nextCursor to be sent back for the next page; absent on the last
     */
    record DeadLetterPage(List<DeadLetterSummary> deadLetters, Optional<String> nextCursor) {
        static DeadLetterPage of(DeadLetters.Page page) {
            return new DeadLetterPage(
                    page.letters().stream().map(DeadLetterSummary::of).toList(), page.nextCursor());
        }
    }

    /** A dead letter without its value and headers. */
    record DeadLetterSummary(
            String id,
            String topic,
            int partition,
            long offset,
            Optional<String> key,
            Failure failure,
            String worker,
            Instant at) {
        static DeadLetterSummary of(DeadLetter letter) {
            return new DeadLetterSummary(
                    letter.id(),
                    letter.topic(),
                    letter.partition(),
                    letter.offset(),
                    letter.key(),
                    letter.failure(),
                    letter.worker(),
                    letter.at());
        }
    }

    /** What was replayed, and what that means. */
    record Replayed(String id, String topic, int partition, Optional<String> key, String note) {
        static Replayed of(DeadLetter letter) {
            return new Replayed(
                    letter.id(),
                    letter.topic(),
                    letter.partition(),
                    letter.key(),
                    "It was published again exactly as it was. Its own signature decides anew: what cannot be believed"
                            + " becomes another dead letter.");
        }
    }
}
