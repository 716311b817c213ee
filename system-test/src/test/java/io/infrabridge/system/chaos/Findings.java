package io.infrabridge.system.chaos;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is not as it must be, and how often what was seen. */
final class Findings {
    private static final int SHOWN = 100;

    private final Queue<String> defects = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    void defect(String format, Object... values) {
        defects.add(format.formatted(values));
    }

    synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    boolean none() {
        return defects.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(defects.size() + " defects");
        defects.stream().limit(SHOWN).forEach(defect -> text.append("\n  ").append(defect));
        return text.toString();
    }
}
