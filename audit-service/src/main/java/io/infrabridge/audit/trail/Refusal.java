package io.infrabridge.audit.trail;

import io.vertx.pgclient.PgException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/** Tells a record that PostgreSQL can never hold from a PostgreSQL that cannot hold anything just now. */
final class Refusal {
    private static final String DATA = "22";
    private static final String INTEGRITY = "23";
    private static final String LIMIT_EXCEEDED = "54";

    private Refusal() {}

    static boolean isForContent(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refused) {
                String state = String.valueOf(refused.getSqlState());
                return state.startsWith(DATA) || state.startsWith(INTEGRITY) || state.startsWith(LIMIT_EXCEEDED);
            }
            if (cause instanceof IllegalArgumentException
                    || cause instanceof DateTimeException
                    || cause instanceof ArithmeticException) {
                return true;
            }
        }
        return false;
    }
}
