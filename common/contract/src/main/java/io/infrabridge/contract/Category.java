package io.infrabridge.contract;

/** Why an operation did not succeed, as a word that a program can branch on; also the problem type of RFC 9457. */
public enum Category {
    // what the caller sent
    INVALID_REQUEST,
    UNKNOWN_TOOL,
    UNKNOWN_ACTION,
    UNKNOWN_PROPERTY,
    MISSING_PROPERTY,
    INVALID_ARGUMENT,
    UNKNOWN_TARGET,
    AMBIGUOUS_TARGET,
    NOT_FOUND,
    CONFLICT,
    PAYLOAD_TOO_LARGE,
    // whether the caller may
    UNAUTHENTICATED,
    FORBIDDEN,
    BAD_SIGNATURE,
    EXPIRED,
    RATE_LIMITED,
    // the way to the target
    HOST_UNREACHABLE,
    HOST_KEY_MISMATCH,
    LOGIN_REFUSED,
    CLUSTER_UNREACHABLE,
    CLUSTER_REFUSED,
    CONNECTION_LOST,
    // on the target
    UNSUPPORTED_TARGET,
    PROGRAM_MISSING,
    PROGRAM_NOT_ALLOWED,
    PRIVILEGE_REQUIRED,
    PRECONDITION_FAILED,
    COMMAND_FAILED,
    UNEXPECTED_OUTPUT,
    VERIFICATION_FAILED,
    TIMEOUT,
    CANCELLED,
    INTERRUPTED,
    // the system itself
    WORKER_UNAVAILABLE,
    BUS_UNAVAILABLE,
    AUDIT_UNAVAILABLE,
    OVERLOADED,
    INTERNAL
}
