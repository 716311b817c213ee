package io.infrabridge.audit.anomaly;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Something for each caller; when there are too many, who was quiet the longest is forgotten. */
final class Callers<T> {
    private final Map<String, T> known;

    Callers(int most) {
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    T of(String caller, Supplier<T> unknown) {
        return known.computeIfAbsent(caller, name -> unknown.get());
    }

    int size() {
        return known.size();
    }
}
