package io.infrabridge.gateway.command;

import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.problem.Refusal;

/** What became of a request within the time that its caller wanted to wait. */
public sealed interface Submission {
    /** The operation as it stands, ended or not. */
    Operation operation();

    record Taken(Operation operation) implements Submission {}

    /**
     * The gateway did not take it.
     *
     * @param operation under which the refusal is on record, unless it is one that is only counted
     */
    record Refused(Operation operation, Refusal refusal) implements Submission {}
}
