package io.infrabridge.audit.trail;

import java.util.List;

/** Records that have just been stored, in the order of their numbers, for whoever looks at them afterwards; never empty. */
public record StoredBatch(List<AuditRecord> records) {
    /** The lowest number among them. */
    public long first() {
        return records.get(0).number;
    }
}
