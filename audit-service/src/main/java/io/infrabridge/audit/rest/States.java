package io.infrabridge.audit.rest;

import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.State;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The states that can be searched for; any other would silently find nothing. */
final class States {
    private static final Set<String> OPERATIONS = names(State.values());
    private static final Set<String> RECORDS = Stream.of(OPERATIONS, names(HealthEvent.Status.values()))
            .flatMap(Set::stream)
            .collect(Collectors.toSet());

    private States() {}

    static String ofOperations(String given) {
        return oneOf(OPERATIONS, given);
    }

    /** Health events are records too. */
    static String ofRecords(String given) {
        return oneOf(RECORDS, given);
    }

    private static String oneOf(Set<String> known, String given) {
        String state = given.toUpperCase(Locale.ROOT);
        if (!known.contains(state)) {
            throw Refused.invalid("there is no state " + given, "known are " + String.join(", ", new TreeSet<>(known)));
        }
        return state;
    }

    private static Set<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toSet());
    }
}
