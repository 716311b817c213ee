package io.infrabridge.gateway.problem;

import java.util.function.Function;

/** A value, or why there is none. */
public sealed interface Outcome<T> {
    <R> Outcome<R> then(Function<T, Outcome<R>> next);

    static <T> Outcome<T> passed(T value) {
        return new Passed<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    record Passed<T>(T value) implements Outcome<T> {
        @Override
        public <R> Outcome<R> then(Function<T, Outcome<R>> next) {
            return next.apply(value);
        }
    }

    record Refused<T>(Refusal refusal) implements Outcome<T> {
        @Override
        public <R> Outcome<R> then(Function<T, Outcome<R>> next) {
            return new Refused<>(refusal);
        }
    }
}
