package io.infrabridge.audit.rest;

import io.infrabridge.audit.trail.AuditRecord;
import io.infrabridge.audit.trail.Page;
import java.util.List;
import java.util.Optional;

/** A page of records; without {@code next_cursor} it is the last. */
public record RecordPage(List<RecordView> records, Optional<String> nextCursor) {
    static RecordPage of(Page<AuditRecord> page) {
        return new RecordPage(
                page.items().stream().map(RecordView::of).toList(), page.next().map(Parameters::cursor));
    }
}
