package io.infrabridge.audit.trail;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Where one operation stands; computed from the records by {@link OperationsView}, never written through Hibernate. */
@Entity
@Table(name = "operations")
public class OperationEntry {
    /** The record by which it was first seen. */
    @Id
    public long number;

    public String issuer;
    public String operationId;
    public @Nullable Long commandNumber;
    public @Nullable Long resultNumber;
    public String tool;
    public String action;
    public String target;
    public String caller;
    public String state;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected OperationEntry() {}

    /** The record that tells the most of it: its result, before there is one its command. */
    long telling() {
        Long telling = resultNumber != null ? resultNumber : commandNumber;
        if (telling == null) {
            throw new IllegalStateException("operation " + operationId + " has neither command nor result");
        }
        return telling;
    }
}
