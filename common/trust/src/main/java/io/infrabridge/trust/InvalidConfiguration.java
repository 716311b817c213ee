package io.infrabridge.trust;

/** A configuration file that must not be used; the message names the file and what is wrong. */
public final class InvalidConfiguration extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidConfiguration(String message) {
        super(message);
    }

    public InvalidConfiguration(String message, Throwable cause) {
        super(message, cause);
    }
}
