package io.infrabridge.local;

/** Why the start ends here, in words for the person at the terminal. */
final class StartFailure extends RuntimeException {
    /** The caller can put it right: an option, a port, a second start. */
    static final int USAGE = 2;

    static final int PART_FAILED = 1;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    StartFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
