package io.infrabridge.audit.trail;

import io.infrabridge.contract.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One column of the stored records: the same list says what is inserted, what is hashed and what is read back to be verified.
 *
 * @param type its PostgreSQL type
 * @param of what a record has in it
 */
record Column(String name, String type, Function<AuditRecord, @Nullable Object> of) {
    /** All columns that are hashed. */
    static final List<Column> HASHED = List.of(
            new Column("number", "bigint", record -> record.number),
            new Column("chain", "text", record -> record.position.chain()),
            new Column("chain_sequence", "bigint", record -> record.chainSequence),
            new Column("event_key", "uuid", record -> record.eventKey),
            new Column("topic", "text", record -> record.position.topic()),
            new Column("partition", "int", record -> record.position.partition()),
            new Column("record_offset", "bigint", record -> record.position.offset()),
            new Column("record_key", "text", record -> record.position.key()),
            new Column("event_id", "text", record -> record.event.id()),
            new Column("source", "text", record -> record.event.source()),
            new Column("type", "text", record -> record.event.type()),
            new Column("claimed_type", "text", record -> record.event.claimedType()),
            new Column("event_time", "timestamptz", record -> record.event.time()),
            new Column("recorded_at", "timestamptz", record -> record.recordedAt),
            new Column("signer", "text", record -> record.origin.signer()),
            new Column("domain", "text", record -> record.origin.domain()),
            new Column("problem", "text", record -> record.origin.problem()),
            new Column("operation_id", "text", record -> record.subject().operationId()),
            new Column("issuer", "text", record -> record.subject().issuer()),
            new Column("tool", "text", record -> record.subject().tool()),
            new Column("action", "text", record -> record.subject().action()),
            new Column("target", "text", record -> record.subject().target()),
            new Column("caller", "text", record -> record.subject().caller()),
            new Column("roles", "text[]", record -> record.subject().roles()),
            new Column("state", "text", record -> record.subject().state()),
            new Column("dry_run", "boolean", record -> record.subject().dryRun()),
            new Column("reason", "text", record -> record.subject().reason()),
            new Column("privilege", "text", record -> record.subject().privilege()),
            new Column("trace_id", "text", record -> record.traceId),
            new Column("headers", "text", record -> record.headers),
            new Column("value", "bytea", record -> record.value),
            new Column("value_size", "int", record -> record.valueSize));

    private static final List<Column> ALL = all();

    /** Inserts the records of {@link #arrays}. An array of arrays must be rectangular, so roles travel as JSON. */
    static final String INSERT = "insert into audit_records (" + names(ALL) + ") select "
            + ALL.stream().map(Column::selected).collect(Collectors.joining(", "))
            + " from unnest(" + parameters() + ") as given(" + names(ALL) + ")";

    static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** The texts that are hashed of a record that is about to be stored. */
    static Map<String, String> texts(AuditRecord record) {
        Map<String, String> texts = new HashMap<>();
        HASHED.forEach(column -> put(texts, column.name, column.of.apply(record)));
        return texts;
    }

    /** The same of one that is stored. */
    static Map<String, String> texts(Row row) {
        Map<String, String> texts = new HashMap<>();
        HASHED.forEach(column -> put(texts, column.name, row.getValue(column.name)));
        return texts;
    }

    /** One array a column, for {@link #INSERT}. */
    static List<Object> arrays(List<AuditRecord> records) {
        List<Object> arrays = new ArrayList<>();
        ALL.forEach(column -> arrays.add(records.stream()
                .map(record -> parameter(column.of.apply(record)))
                .toArray(length -> column.array(length))));
        return arrays;
    }

    private static List<Column> all() {
        List<Column> all = new ArrayList<>(HASHED);
        all.add(new Column("previous_hash", "bytea", record -> record.previousHash));
        all.add(new Column("hash", "bytea", record -> record.hash));
        return List.copyOf(all);
    }

    private static void put(Map<String, String> texts, String name, @Nullable Object value) {
        if (value != null) {
            texts.put(name, text(value));
        }
    }

    private static String text(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        }
        if (value instanceof String[] several) {
            return Json.text(several);
        }
        if (value instanceof Buffer bytes) {
            return text(bytes.getBytes());
        }
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }

    private static @Nullable Object parameter(@Nullable Object value) {
        if (value instanceof Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof byte[] bytes) {
            return Buffer.buffer(bytes);
        }
        return value instanceof String[] several ? Json.text(several) : value;
    }

    private Object[] array(int length) {
        return switch (type) {
            case "bigint" -> new Long[length];
            case "int" -> new Integer[length];
            case "uuid" -> new UUID[length];
            case "timestamptz" -> new OffsetDateTime[length];
            case "boolean" -> new Boolean[length];
            case "bytea" -> new Buffer[length];
            default -> new String[length];
        };
    }

    private String selected() {
        return type.equals("text[]")
                ? "case when " + name + " is not null then array(select jsonb_array_elements_text(" + name
                        + "::jsonb)) end"
                : name;
    }

    private static String parameters() {
        List<String> parameters = new ArrayList<>();
        for (Column column : ALL) {
            parameters.add("$" + (parameters.size() + 1) + "::" + (column.type.equals("text[]") ? "text" : column.type)
                    + "[]");
        }
        return String.join(", ", parameters);
    }
}
