package io.infrabridge.runtime.value;

/** A value that is not of the form it must have; the message says what was expected. */
public final class InvalidValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidValue(String message) {
        super(message);
    }
}
