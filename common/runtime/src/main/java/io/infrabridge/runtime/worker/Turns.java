package io.infrabridge.runtime.worker;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Lets work of one name follow work of the same name, one after the other in the order in which it came. */
final class Turns {
    private final Lanes lanes = new Lanes(1, Integer.MAX_VALUE);

    /** What the work gives, once everything before it has ended. */
    <T> Uni<T> take(String name, Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .emitter(emitter -> lanes.submit(
                        name,
                        true,
                        () -> Uni.createFrom()
                                .deferred(work::get)
                                .onItem()
                                .invoke(emitter::complete)
                                .onFailure()
                                .invoke(emitter::fail)
                                .replaceWithVoid()));
    }
}
