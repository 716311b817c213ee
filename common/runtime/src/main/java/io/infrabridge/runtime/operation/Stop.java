package io.infrabridge.runtime.operation;

/** What a deadline or a cancel does to a running step. */
public enum Stop {
    /** The process is signalled. */
    KILL,
    /** It is never killed, because half of it would leave the host broken; it takes effect after the step. */
    BOUNDARY
}
