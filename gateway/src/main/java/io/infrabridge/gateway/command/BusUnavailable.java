package io.infrabridge.gateway.command;

/** A record could not be handed to Kafka in time. */
final class BusUnavailable extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean perhapsWritten;

    BusUnavailable(String message, boolean perhapsWritten, Throwable cause) {
        super(message, cause);
        this.perhapsWritten = perhapsWritten;
    }

    /** Whether the broker may have the record though it never said so. */
    boolean perhapsWritten() {
        return perhapsWritten;
    }
}
