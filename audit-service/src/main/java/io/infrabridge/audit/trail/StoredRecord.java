package io.infrabridge.audit.trail;

import io.infrabridge.verifier.ChainRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Map;

/** A record as it stands in PostgreSQL, for whoever checks it. */
public final class StoredRecord {
    /** The columns that {@link #of} wants. */
    public static final String COLUMNS = Column.names(Column.HASHED) + ", previous_hash, hash";

    private StoredRecord() {}

    public static ChainRecord of(Row row) {
        Map<String, String> columns = Column.texts(row);
        return ChainRecord.of(columns, hash(row, "previous_hash"), hash(row, "hash"));
    }

    private static String hash(Row row, String column) {
        return Hashes.optional((Buffer) row.getValue(column)).orElse("");
    }
}
