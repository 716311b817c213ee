package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Command;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.operation.Operation;
import io.opentelemetry.context.Context;
import java.util.Map;

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
        Running.Fence fence,
        Cancellation cancellation,
        Context trace) {
    String key() {
        return LedgerEntry.key(command.issuer(), command.id());
    }
}
