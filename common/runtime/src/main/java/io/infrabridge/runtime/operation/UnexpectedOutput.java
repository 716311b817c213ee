package io.infrabridge.runtime.operation;

/** Captured text that an operation does not understand; the message quotes the place. */
public final class UnexpectedOutput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnexpectedOutput(String message) {
        super(message);
    }

    public UnexpectedOutput(String message, Throwable cause) {
        super(message, cause);
    }
}
