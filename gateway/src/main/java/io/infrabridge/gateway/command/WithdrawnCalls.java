package io.infrabridge.gateway.command;

import io.infrabridge.gateway.security.Caller;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * What a caller's withdrawal means for his operation. A lost connection by itself means nothing, because nobody may take half a
 * change for undone and a client that gave up may look for it later; only who asked for it is understood so.
 */
@Singleton
public final class WithdrawnCalls {
    private final CancelOperation cancel;

    WithdrawnCalls(CancelOperation cancel) {
        this.cancel = cancel;
    }

    public CancellableCall of(Caller caller) {
        return new CancellableCall(cancel, caller);
    }

    /** Takes it for withdrawn when the request's connection is lost before the answer is complete. */
    public void whenGone(CancellableCall call, Caller caller, RoutingContext request) {
        request.addEndHandler(end -> {
            if (end.failed()) {
                call.withdraw(caller, "its caller has gone");
            }
        });
    }
}
