package io.infrabridge.runtime.worker;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.worker.approval.Ballot;
import io.infrabridge.runtime.worker.approval.Parked;
import java.util.TreeSet;

/** Why an operation that needed approval was never run. */
final class NotRun {
    private NotRun() {}

    static Failure denied(ApprovalDecision denial) {
        return Failure.of(
                Category.FORBIDDEN,
                denial.caller() + " denied it"
                        + denial.comment().map(comment -> ": " + comment).orElse("") + ". Nothing was run.",
                "Talk to " + denial.caller() + " before asking again.");
    }

    static Failure cancelled(String caller) {
        return Failure.of(
                Category.CANCELLED, "Cancelled by " + caller + " while it waited for approval; nothing was run.", "");
    }

    static Failure expired(Parked parked, String caller) {
        return Failure.of(
                Category.EXPIRED,
                "It waited for approval until " + parked.expiresAt() + "; " + Ballot.missing(parked, caller) + " of "
                        + parked.requirement().approvals() + " approvals were missing. Nothing was run.",
                "Ask again, and tell those who may approve: "
                        + String.join(", ", new TreeSet<>(parked.requirement().roles())) + ".");
    }

    static Failure tooLong(int length, int longest) {
        return Failure.of(
                Category.PAYLOAD_TOO_LARGE,
                "The plan has " + length + " bytes and " + longest + " are the most that can wait for approval.",
                "Ask for less at once.");
    }
}
