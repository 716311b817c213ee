package io.infrabridge.system.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured, line by line, and what follows from it. */
final class Table {
    private final Map<String, Measured> lines = new LinkedHashMap<>();

    Measured add(String name, Measured measured) {
        lines.put(name, measured);
        System.out.println(line(name, measured));
        return measured;
    }

    void print() {
        System.out.printf("%n%-58s %9s %9s %9s%n", "", "p50 ms", "p99 ms", "per s");
        lines.forEach((name, measured) -> System.out.println(line(name, measured)));
        System.out.println();
    }

    static void compare(String what, double value, String unit, String aim, boolean reached) {
        System.out.printf("%-58s %9.2f %s (aim %s: %s)%n", what, value, unit, aim, reached ? "reached" : "missed");
    }

    private static String line(String name, Measured measured) {
        return "%-58s %9.2f %9.2f %9.0f".formatted(name, measured.p50(), measured.p99(), measured.perSecond());
    }
}
