package io.infrabridge.audit.evidence;

import io.infrabridge.audit.trail.Hashes;
import io.infrabridge.audit.trail.Trail;
import io.infrabridge.contract.AuditCheckpoint;
import io.infrabridge.contract.AuditCheckpoint.Head;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.verifier.SignedCheckpoint;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Makes checkpoints, in turn with the writers of the trail, and keeps them. */
@ApplicationScoped
class CheckpointStore {
    private static final String NEWEST =
            "select number, record_number, statement, key_id, signature from audit_checkpoints order by number desc limit 1";
    private static final String SINCE =
            "select number, statement, key_id, signature from audit_checkpoints where number > $1 order by number limit $2";
    private static final String BEHIND = """
            select * from audit_checkpoints
            where record_number > $1 and record_number <= $2 order by number limit $3""";
    private static final String NEWEST_RECORD =
            "select max(number) as number from audit_records where hash is not null";
    static final String HEADS =
            "select chain, last_sequence, head_hash from audit_chains where head_hash is not null order by chain";
    private static final String INSERT = """
            insert into audit_checkpoints (number, record_number, made_at, key_id, statement, signature)
            values ($1, $2, $3, $4, $5, $6)""";

    /** Stands for one that somebody has made unreadable: no record has it, so the check says which chain it is. */
    private static final String NO_HASH = AuditCheckpoint.NONE;

    private final Pool pool;
    private final SigningKey key;

    CheckpointStore(Pool pool, SigningKey key) {
        this.pool = pool;
        this.key = key;
    }

    /**
     * Signs for all that is recorded now; nothing where nothing was recorded since the last time.
     *
     * @param published the latest that is known elsewhere; the new one follows it even where this database has lost it
     */
    Uni<Optional<SignedCheckpoint>> make(Optional<SignedCheckpoint> published) {
        return pool.withTransaction(connection -> connection
                .query(Trail.TAKE_TURN)
                .execute()
                .chain(() -> connection.query(NEWEST).execute())
                .chain(newest -> connection
                        .query(NEWEST_RECORD)
                        .execute()
                        .map(rows -> Optional.ofNullable(rows.iterator().next().getLong("number")))
                        .chain(record -> record.isEmpty() || record.get() <= covered(newest)
                                ? Uni.createFrom().item(Optional.empty())
                                : make(connection, latest(newest, published), record.get()))));
    }

    /** Those with a higher number than this, the lowest first. */
    Uni<List<SignedCheckpoint>> since(long number, int limit) {
        return pool.preparedQuery(SINCE).execute(Tuple.of(number, limit)).map(CheckpointStore::checkpoints);
    }

    /** Those that were made behind the record {@code after}, up to the record {@code to}. */
    Uni<List<Placed>> between(long after, long to, int limit) {
        return pool.preparedQuery(BEHIND)
                .execute(Tuple.of(after, to, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Placed(row.getLong("record_number"), checkpoint(row)))
                        .toList());
    }

    static List<Head> heads(RowSet<Row> rows) {
        List<Head> heads = new ArrayList<>();
        rows.forEach(row -> heads.add(new Head(
                row.getString("chain"),
                Math.max(1, row.getLong("last_sequence")),
                Hashes.optional((Buffer) row.getValue("head_hash"))
                        .filter(hash -> hash.length() == NO_HASH.length())
                        .orElse(NO_HASH))));
        return heads;
    }

    private Uni<Optional<SignedCheckpoint>> make(
            SqlConnection connection, Optional<SignedCheckpoint> before, long record) {
        return connection.query(HEADS).execute().map(CheckpointStore::heads).chain(heads -> {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            AuditCheckpoint checkpoint = new AuditCheckpoint(
                    before.map(SignedCheckpoint::number).orElse(0L) + 1,
                    before.map(SignedCheckpoint::hash).orElse(AuditCheckpoint.NONE),
                    now,
                    record,
                    heads);
            String statement = Json.text(checkpoint);
            String signature = key.sign(Topics.AUDIT_CHECKPOINTS, Json.bytes(checkpoint));
            return connection
                    .preparedQuery(INSERT)
                    .execute(Tuple.tuple(List.of(
                            checkpoint.number(), record, now.atOffset(ZoneOffset.UTC), key.id(), statement, signature)))
                    .replaceWith(
                            Optional.of(new SignedCheckpoint(checkpoint.number(), statement, key.id(), signature)));
        });
    }

    private static Optional<SignedCheckpoint> latest(RowSet<Row> stored, Optional<SignedCheckpoint> published) {
        Optional<SignedCheckpoint> own = checkpoints(stored).stream().findFirst();
        long known = own.map(SignedCheckpoint::number).orElse(0L);
        return published.filter(other -> other.number() > known).or(() -> own);
    }

    private static long covered(RowSet<Row> newest) {
        return newest.size() == 0 ? 0 : newest.iterator().next().getLong("record_number");
    }

    private static List<SignedCheckpoint> checkpoints(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(CheckpointStore::checkpoint)
                .toList();
    }

    private static SignedCheckpoint checkpoint(Row row) {
        return new SignedCheckpoint(
                row.getLong("number"), row.getString("statement"), row.getString("key_id"), row.getString("signature"));
    }

    /**
     * A checkpoint and where it belongs.
     *
     * @param recordNumber the last record that it testifies of, as the database has it
     */
    record Placed(long recordNumber, SignedCheckpoint checkpoint) {}
}
