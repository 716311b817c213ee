package io.infrabridge.gateway.rest;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which operations a caller wants to see.
 *
 * @param before the place in the order where the last page ended
 */
record OperationFilter(
        Optional<State> state, Optional<String> tool, Optional<String> target, Optional<Place> before, int limit)
        implements Predicate<Operation> {
    private static final int USUAL = 50;
    private static final int MOST = 500;

    static Outcome<OperationFilter> of(
            Optional<String> state,
            Optional<String> tool,
            Optional<String> target,
            Optional<String> cursor,
            Optional<Integer> limit) {
        Optional<State> wanted = state.flatMap(OperationFilter::named);
        if (state.isPresent() && wanted.isEmpty()) {
            return wrong("state", "one of " + Arrays.toString(State.values()));
        }
        Optional<Place> place = cursor.flatMap(Place::read);
        if (cursor.isPresent() && place.isEmpty()) {
            return wrong("cursor", "the next_cursor of the page before");
        }
        int size = Math.max(1, Math.min(MOST, limit.orElse(USUAL)));
        return Outcome.passed(new OperationFilter(wanted, tool, target, place, size));
    }

    @Override
    public boolean test(Operation operation) {
        return state.map(operation.state()::equals).orElse(true)
                && tool.map(operation.tool()::equals).orElse(true)
                && target.map(operation.target()::equals).orElse(true)
                && before.map(place -> place.precedes(operation)).orElse(true);
    }

    Documents.OperationPage page(List<Operation> newestFirst) {
        List<Operation> page = newestFirst.stream().limit(limit).toList();
        return new Documents.OperationPage(
                page,
                newestFirst.size() > limit
                        ? Optional.of(Place.of(page.get(limit - 1)).cursor())
                        : Optional.empty());
    }

    private static Optional<State> named(String name) {
        return Arrays.stream(State.values())
                .filter(state -> state.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private static <T> Outcome<T> wrong(String parameter, String expected) {
        return Outcome.refused(Refusal.of(
                Category.INVALID_REQUEST,
                "The parameter " + parameter + " has a value that is not known.",
                "Expected: " + expected + ".",
                PropertyError.of("/" + parameter, "is not valid", expected)));
    }

    /** A place in the order of operations. */
    record Place(Instant at, String id) {
        static Place of(Operation operation) {
            return new Place(operation.createdAt(), operation.id());
        }

        boolean precedes(Operation operation) {
            int order = operation.createdAt().compareTo(at);
            return order < 0 || (order == 0 && operation.id().compareTo(id) < 0);
        }

        String cursor() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
        }

        static Optional<Place> read(String cursor) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
                return parts.length == 2 ? Optional.of(new Place(Instant.parse(parts[0]), parts[1])) : Optional.empty();
            } catch (IllegalArgumentException | DateTimeException e) {
                // whoever made it up is told so by the caller of this method
                return Optional.empty();
            }
        }
    }
}
