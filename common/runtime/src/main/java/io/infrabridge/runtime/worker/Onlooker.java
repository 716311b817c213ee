package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Command;
import io.infrabridge.runtime.execution.Ended;

/** Hears how every operation ended that ran here, for what a domain counts of its targets. It is called often, and must not wait. */
public interface Onlooker {
    void ended(Command command, Ended ended);
}
