package io.infrabridge.runtime.execution;

import io.infrabridge.contract.TargetKind;
import io.smallrye.mutiny.Uni;

/** Reaches targets of one kind by their names in the inventory. */
public interface Targets {
    TargetKind kind();

    /** Fails with an {@link ExecutionFailure} (UNKNOWN_TARGET, HOST_UNREACHABLE, LOGIN_REFUSED …) that has a hint. */
    Uni<? extends Target<?>> reach(String name);
}
