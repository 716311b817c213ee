package io.infrabridge.audit.trail;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of a record.
 *
 * @param type what the audit takes it for: the sender's type, {@link #UNREADABLE} or {@link #UNVERIFIED}
 * @param claimedType what the record says it is, where that is not believed
 * @param time when the sender says it happened; the broker's time where it does not say
 */
@Embeddable
public record Event(
        @Column(name = "event_id") @Nullable String id,
        @Nullable String source,
        String type,
        @Nullable String claimedType,
        @Column(name = "event_time") Instant time) {
    /** The prefix of every type of this project. */
    public static final String PREFIX = "io.infrabridge.";

    /** A record that is not a message of the contract. */
    public static final String UNREADABLE = PREFIX + "audit.unreadable.v1";
    /** A message whose signature is missing or false, or whose signer may not say this. */
    public static final String UNVERIFIED = PREFIX + "audit.unverified.v1";
}
