package io.infrabridge.cluster.kubernetes;

import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.PageCursor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the next page of workloads begins: each kind is a list of its own in the API, so the cursor names those that are not
 * at their end, each with the API's token.
 */
record WorkloadCursor(Map<WorkloadKind, Optional<String>> open) {
    static WorkloadCursor start() {
        Map<WorkloadKind, Optional<String>> all = new EnumMap<>(WorkloadKind.class);
        Arrays.stream(WorkloadKind.values()).forEach(kind -> all.put(kind, Optional.empty()));
        return new WorkloadCursor(all);
    }

    static WorkloadCursor of(PageCursor cursor) {
        Map<WorkloadKind, Optional<String>> open = new EnumMap<>(WorkloadKind.class);
        for (String part : cursor.value().split(",")) {
            int colon = part.indexOf(':');
            WorkloadKind kind = Arrays.stream(WorkloadKind.values())
                    .filter(known -> colon > 0 && part.substring(0, colon).equals(known.plural()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidValue("expected the next_cursor of a page of workloads"));
            open.put(kind, Optional.of(part.substring(colon + 1)));
        }
        return new WorkloadCursor(open);
    }

    /** The cursor as callers see it; absent where every kind is at its end. */
    Optional<String> text() {
        return Optional.of(open.entrySet().stream()
                        .flatMap(entry ->
                                entry.getValue().map(token -> entry.getKey().plural() + ":" + token).stream())
                        .collect(Collectors.joining(",")))
                .filter(text -> !text.isEmpty());
    }
}
