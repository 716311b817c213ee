package io.infrabridge.runtime.worker.approval;

import io.infrabridge.contract.Failure;

/** What a decision means for the plan that waits. */
public sealed interface Ruling {
    /** It is on record; whether that is enough, {@link Ballot#enough} tells. */
    record Counted(Parked next) implements Ruling {}

    /** The plan will not be run. */
    record Denied(Parked next) implements Ruling {}

    /** The very same decision was counted before. */
    record Repeated() implements Ruling {}

    /** It counts for nothing, and nothing changes. */
    record Refused(Failure failure) implements Ruling {}
}
