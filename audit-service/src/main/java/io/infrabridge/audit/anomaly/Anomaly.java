package io.infrabridge.audit.anomaly;

import java.util.Locale;

/** Something that a person should look at. */
record Anomaly(Kind kind, String caller, String target, String message) {
    /** What is striking about it. */
    enum Kind {
        REPEATED_REFUSALS,
        NEW_TARGET,
        DESTRUCTIVE_BURST;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
