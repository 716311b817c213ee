package io.infrabridge.gateway.command;

import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Progress;

/** Something that became known of an operation. */
public sealed interface Update {
    String operationId();

    /** The operation is now in this state; terminal states come last. */
    record Changed(Operation operation) implements Update {
        @Override
        public String operationId() {
            return operation.id();
        }
    }

    /** The operation has come this far. */
    record Advanced(Progress progress) implements Update {
        @Override
        public String operationId() {
            return progress.operationId();
        }
    }
}
