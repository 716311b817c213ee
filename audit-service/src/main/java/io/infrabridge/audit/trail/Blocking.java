package io.infrabridge.audit.trail;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/** Waits on a thread of its own for what PostgreSQL answers. */
public final class Blocking {
    /** Longer than PostgreSQL's own limits on statements, so that a statement's failure is seen before this one. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Blocking() {}

    public static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(
                    () -> work.get().ifNoItem().after(LONGEST).fail());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
