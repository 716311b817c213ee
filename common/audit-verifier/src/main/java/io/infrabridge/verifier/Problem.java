package io.infrabridge.verifier;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Where the trail is not what it was.
 *
 * @param sequence the place in the chain
 * @param record the number of the record that shows it, where there is one
 * @param checkpoint the number of the checkpoint that shows it
 */
public record Problem(
        Kind kind,
        Optional<String> chain,
        Optional<Long> sequence,
        Optional<Long> record,
        Optional<Long> checkpoint,
        String message) {
    /** What happened to it, as far as the traces tell. */
    public enum Kind {
        @JsonProperty("altered")
        ALTERED,
        @JsonProperty("missing")
        MISSING,
        @JsonProperty("reordered")
        REORDERED,
        @JsonProperty("inserted")
        INSERTED,
        @JsonProperty("checkpoint_missing")
        CHECKPOINT_MISSING,
        @JsonProperty("checkpoint_forged")
        CHECKPOINT_FORGED
    }

    static Problem of(Kind kind, ChainRecord record, String message) {
        return new Problem(
                kind,
                Optional.of(record.chain()),
                Optional.of(record.sequence()),
                Optional.of(record.number()),
                Optional.empty(),
                message);
    }

    static Problem at(Kind kind, String chain, long sequence, Optional<Long> checkpoint, String message) {
        return new Problem(kind, Optional.of(chain), Optional.of(sequence), Optional.empty(), checkpoint, message);
    }

    static Problem ofCheckpoint(Kind kind, long checkpoint, String message) {
        return new Problem(
                kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(checkpoint), message);
    }

    /** A line of an export that says nothing readable any more. */
    static Problem unreadable(String message) {
        return new Problem(
                Kind.ALTERED, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), message);
    }
}
