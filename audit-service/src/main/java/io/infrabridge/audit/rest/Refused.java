package io.infrabridge.audit.rest;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;

/** Ends a request with a problem that the caller can act on. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Failure failure;

    private Refused(int status, Failure failure) {
        super(failure.message());
        this.status = status;
        this.failure = failure;
    }

    static Refused invalid(String message, String hint) {
        return new Refused(400, Failure.of(Category.INVALID_REQUEST, message, hint));
    }

    static Refused notFound(String message, String hint) {
        return new Refused(404, Failure.of(Category.NOT_FOUND, message, hint));
    }

    static Refused unauthenticated() {
        return new Refused(
                401,
                Failure.of(
                        Category.UNAUTHENTICATED,
                        "the request bears no valid token",
                        "send the configured token as Authorization: Bearer"));
    }

    /** So many read the whole trail already that another one would hold up the recording. */
    static Refused busy() {
        return new Refused(
                503,
                Failure.of(
                        Category.OVERLOADED,
                        "the trail is being verified or exported as often as is allowed at the same time",
                        "try again when one of these has ended"));
    }

    /** PostgreSQL does not answer; a later attempt may succeed. */
    static Refused unavailable() {
        return new Refused(
                503,
                Failure.of(
                        Category.AUDIT_UNAVAILABLE,
                        "the audit trail cannot be read just now",
                        "try again; events are kept on the bus meanwhile and none is lost"));
    }

    int status() {
        return status;
    }

    Failure failure() {
        return failure;
    }
}
