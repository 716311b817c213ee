package io.infrabridge.server.provision;

import io.infrabridge.runtime.value.InvalidValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a caller has to give inside the configuration. */
final class Given {
    private static final int MOST = 50;

    private Given() {}

    static <T> T present(@Nullable T value, String name) {
        if (value == null) {
            throw new InvalidValue(name + " is missing");
        }
        return value;
    }

    /** Up to fifty entries, each of them another one. */
    static <T> Optional<List<T>> each(Optional<List<T>> entries, String name, Function<T, Object> identity) {
        List<T> all = entries.orElse(List.of());
        Set<Object> seen = new HashSet<>();
        for (T entry : all) {
            if (!seen.add(identity.apply(entry))) {
                throw new InvalidValue(name + ": " + identity.apply(entry) + " is there twice");
            }
        }
        if (all.size() > MOST) {
            throw new InvalidValue(name + ": expected at most " + MOST);
        }
        return entries.map(List::copyOf);
    }
}
