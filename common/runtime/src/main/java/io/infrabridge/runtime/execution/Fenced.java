package io.infrabridge.runtime.execution;

/** Another worker owns the operation now; this one must neither go on nor report. */
public final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Fenced() {
        super("the partition was taken over by another worker");
    }
}
