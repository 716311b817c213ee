package io.infrabridge.system.chaos;

import java.util.Optional;

/** A way by which operations are asked for. */
interface Door extends AutoCloseable {
    /** @param key the same for every repetition of a request; absent where it is made once */
    Answer ask(Undertaking what, Optional<String> key);

    @Override
    default void close() {}

    /** What the client knows afterwards. */
    sealed interface Answer {}

    /** There is an operation of this id, and it will come to an end. */
    record Accepted(String id) implements Answer {}

    /** Nothing was accepted, and nothing will happen. */
    record Refused(String why) implements Answer {}

    /** It may have been accepted, or not. */
    record Unclear(String why) implements Answer {}

    /** Nobody should ever be answered so. */
    record Wrong(String what) implements Answer {}

    /** How long an operation may run, the same for every repetition of it. */
    static int timeoutSeconds(Undertaking what) {
        return 20 + what.number() % 20;
    }
}
