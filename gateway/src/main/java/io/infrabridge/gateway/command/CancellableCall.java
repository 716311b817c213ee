package io.infrabridge.gateway.command;

import io.infrabridge.gateway.security.Caller;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A call whose operation can be asked to stop by what happens to the call itself. It may be withdrawn before its command
 * was accepted: then the operation is asked to stop as soon as there is one.
 */
public final class CancellableCall implements Consumer<Update> {
    private static final Logger LOG = Logger.getLogger(CancellableCall.class);

    private final CancelOperation cancel;
    private final Caller caller;
    private Optional<String> operation = Optional.empty();
    private Optional<String> withdrawn = Optional.empty();
    private boolean asked;

    CancellableCall(CancelOperation cancel, Caller caller) {
        this.cancel = cancel;
        this.caller = caller;
    }

    /** Hears of its operation, which tells its id. */
    @Override
    public synchronized void accept(Update update) {
        if (operation.isEmpty()) {
            operation = Optional.of(update.operationId());
            askOnce();
        }
    }

    /** The call is withdrawn; only its own caller may do that. */
    public synchronized void withdraw(Caller by, String reason) {
        if (by.name().equals(caller.name())) {
            withdrawn = Optional.of(reason);
            askOnce();
        }
    }

    private void askOnce() {
        if (asked || operation.isEmpty() || withdrawn.isEmpty()) {
            return;
        }
        asked = true;
        String id = operation.get();
        cancel.cancel(id, withdrawn, caller)
                .subscribe()
                .with(
                        done -> LOG.infof("the call of %s was withdrawn: %s", id, withdrawn.orElse("")),
                        failure -> LOG.warnf("%s was withdrawn but not cancelled: %s", id, failure.getMessage()));
    }
}
