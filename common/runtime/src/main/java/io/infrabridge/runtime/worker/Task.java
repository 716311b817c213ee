package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Command;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.PlanCheck;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.operation.Operation;
import io.infrabridge.runtime.worker.approval.ApprovedPlan;
import io.infrabridge.runtime.worker.approval.Parked;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One admitted command on its way through the worker.
 *
 * @param value the command's raw bytes, as they were signed
 * @param trace the caller's trace
 */
record Task(
        Command command,
        byte[] value,
        Map<String, String> headers,
        int partition,
        Operation<?, ?, ?> operation,
        Record input,
        boolean change,
        Clearance clearance,
        Standing standing,
        Running.Fence fence,
        Cancellation cancellation,
        Context trace) {
    String key() {
        return LedgerEntry.key(command.issuer(), command.id());
    }

    /** What has been waiting for approval has its whole time from the moment in which it was approved. */
    Instant deadline() {
        return clearance
                .parked()
                .flatMap(Parked::startedAt)
                .map(started -> started.plus(Duration.between(command.createdAt(), command.deadline())))
                .orElse(command.deadline());
    }

    /**
     * Where it needs approval, that nothing is run before, and then nothing else than what was approved; and that the policy
     * still allows it.
     */
    Optional<PlanCheck> check() {
        if (clearance.awaited()) {
            return Optional.of(new PlanHeldBack());
        }
        return Optional.of(plan -> standing.objection(clearance)
                .or(() -> clearance
                        .parked()
                        .flatMap(
                                approved -> new ApprovedPlan(command, approved, clearance.resumed()).objection(plan))));
    }

    Task by(Parked parked) {
        return new Task(
                command,
                value,
                headers,
                partition,
                operation,
                input,
                change,
                clearance.by(parked),
                standing,
                fence,
                cancellation,
                trace);
    }
}
