package io.infrabridge.contract;

/** What an operation can do to its target, from harmless to irrecoverable; the order is the severity. */
public enum Risk {
    /** Changes nothing. */
    READ,
    /** Changes the target in a way that its undo can restore. */
    CHANGE,
    /** May lose data or availability for good. */
    DESTRUCTIVE
}
