package io.infrabridge.cluster.kubernetes;

import io.infrabridge.runtime.value.InvalidValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How much of a list is asked for, and from where on. */
record ListQuery(int limit, Optional<String> token) {
    /** A hundred deployments are about half a megabyte. */
    static final int USUAL = 100;

    static final int MOST = 500;

    static ListQuery first(int limit) {
        return new ListQuery(limit, Optional.empty());
    }

    /** The limit that a caller gave, or the usual one. */
    static int limit(Optional<Integer> given) {
        return given.orElse(USUAL);
    }

    static void check(Optional<Integer> limit) {
        if (limit.isPresent() && (limit.get() < 1 || limit.get() > MOST)) {
            throw new InvalidValue("expected a limit from 1 to " + MOST);
        }
    }

    String of(String collection) {
        return collection + "?limit=" + limit
                + token.map(text -> "&continue=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                        .orElse("");
    }
}
