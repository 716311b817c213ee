package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;

/** What a record of the command topic turned out to be. */
sealed interface Incoming {
    /** Signed by somebody who may ask for it. */
    record Admitted(Command command) implements Incoming {}

    record CancelRequested(Cancel cancel) implements Incoming {}

    /** Signed and understood, but refused: its caller is told. */
    record Refused(Command command, Failure failure) implements Incoming {}

    /** Nobody can be believed to have sent it: it is set aside with the reason and nothing else happens. */
    record Unbelievable(Failure failure) implements Incoming {}
}
