package io.infrabridge.audit.trail;

import io.infrabridge.verifier.RecordHash;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Stores records and the offset behind them in one transaction, so that neither exists without the other.
 *
 * <p>What is below a chain's stored offset is skipped, which makes a late write by the partition's former owner harmless.
 * Writers take turns by one lock: record numbers then rise in commit order, pages by number miss nothing, two replicas that
 * hold the command and the result of one operation cannot overlook each other's record, and a chain has one writer at a time.
 */
@ApplicationScoped
public class Trail {
    /** Taken by everything that writes to the trail, until the end of its transaction. */
    public static final String TAKE_TURN = "select pg_advisory_xact_lock(7202311)";

    private static final String CHAINS = "select * from audit_chains where chain = any($1)";
    private static final String NEW_CHAINS = """
            insert into audit_chains (chain, topic, partition, next_offset, last_sequence)
            select *, 0, 0 from unnest($1::text[], $2::text[], $3::int[])""";
    private static final String ADVANCE = """
            update audit_chains set next_offset = moved.next, last_sequence = moved.sequence, head_hash = moved.hash
            from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[]) as moved(chain, next, sequence, hash)
            where audit_chains.chain = moved.chain""";
    private static final String KNOWN = "select event_key from audit_records where event_key = any($1)";
    private static final String NUMBERS = "select nextval('audit_record_numbers') from generate_series(1, $1)";

    private final Pool pool;

    Trail(Pool pool) {
        this.pool = pool;
    }

    /** Stores what is new among these records, which must be in offset order; returns what was stored. */
    Uni<List<AuditRecord>> store(List<AuditRecord> read) {
        return pool.withTransaction(connection -> connection
                .query(TAKE_TURN)
                .execute()
                .chain(() -> find(connection, ids(read)))
                .chain(chains -> added(connection, read, chains)
                        .call(added -> number(connection, added))
                        .invoke(added -> link(added, chains))
                        .call(added -> insert(connection, added))
                        .call(() -> advance(connection, advanced(read, chains)))
                        .call(added -> OperationsView.refresh(connection, added))));
    }

    /** Where consuming these chains resumes; a chain that is new gets its row here. */
    Uni<Map<String, Chain>> open(Collection<Chain> wanted) {
        Set<String> ids = wanted.stream().map(chain -> chain.id).collect(Collectors.toSet());
        return pool.withTransaction(connection -> connection
                .query(TAKE_TURN)
                .execute()
                .chain(() -> find(connection, ids))
                .call(found -> create(
                        connection,
                        wanted.stream()
                                .filter(chain -> !found.containsKey(chain.id))
                                .toList()))
                .invoke(found -> wanted.forEach(chain -> found.putIfAbsent(chain.id, chain))));
    }

    /** Fails when PostgreSQL does not answer. */
    Uni<Void> ping() {
        return pool.query("select 1").execute().replaceWithVoid();
    }

    private static Uni<Map<String, Chain>> find(SqlConnection connection, Set<String> ids) {
        return connection
                .preparedQuery(CHAINS)
                .execute(Tuple.of(ids.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Chain::of)
                        .collect(Collectors.toMap(chain -> chain.id, Function.identity(), (a, b) -> a, TreeMap::new)));
    }

    private static Uni<Void> create(SqlConnection connection, List<Chain> chains) {
        return connection
                .preparedQuery(NEW_CHAINS)
                .execute(Tuple.of(
                        chains.stream().map(chain -> chain.id).toArray(String[]::new),
                        chains.stream().map(chain -> chain.topic).toArray(String[]::new),
                        chains.stream().map(chain -> chain.partition).toArray(Integer[]::new)))
                .replaceWithVoid();
    }

    private static Uni<List<AuditRecord>> added(
            SqlConnection connection, List<AuditRecord> read, Map<String, Chain> chains) {
        List<AuditRecord> ahead = read.stream()
                .filter(record -> record.position.offset() >= chain(chains, record).nextOffset)
                .toList();
        if (ahead.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        UUID[] keys = ahead.stream().map(record -> record.eventKey).toArray(UUID[]::new);
        return connection.preparedQuery(KNOWN).execute(Tuple.of(keys)).map(known -> {
            Set<UUID> seen = new HashSet<>();
            known.forEach(row -> seen.add(row.getUUID(0)));
            return ahead.stream().filter(record -> seen.add(record.eventKey)).toList();
        });
    }

    private static Uni<Void> number(SqlConnection connection, List<AuditRecord> added) {
        if (added.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        // as PostgreSQL keeps it, because it is hashed
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return connection
                .preparedQuery(NUMBERS)
                .execute(Tuple.of(added.size()))
                .invoke(rows -> {
                    List<Long> rising = StreamSupport.stream(rows.spliterator(), false)
                            .map((Row row) -> row.getLong(0))
                            .sorted()
                            .toList();
                    for (int i = 0; i < added.size(); i++) {
                        added.get(i).number = rising.get(i);
                        added.get(i).recordedAt = now;
                    }
                })
                .replaceWithVoid();
    }

    /** Chains every record to the one before it; from here on nothing in it may change any more. */
    private static void link(List<AuditRecord> added, Map<String, Chain> chains) {
        for (AuditRecord record : added) {
            Chain chain = chain(chains, record);
            record.chainSequence = ++chain.lastSequence;
            String previous = chain.headHash.orElseGet(() -> RecordHash.genesis(chain.id, chain.lastSequence));
            String hash = RecordHash.of(previous, Column.texts(record));
            record.previousHash = Hashes.bytes(previous);
            record.hash = Hashes.bytes(hash);
            chain.headHash = java.util.Optional.of(hash);
        }
    }

    private static Uni<Void> insert(SqlConnection connection, List<AuditRecord> added) {
        return added.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(Column.INSERT)
                        .execute(Tuple.tuple(Column.arrays(added)))
                        .replaceWithVoid();
    }

    private static Uni<Void> advance(SqlConnection connection, Collection<Chain> chains) {
        return connection
                .preparedQuery(ADVANCE)
                .execute(Tuple.of(
                        chains.stream().map(chain -> chain.id).toArray(String[]::new),
                        chains.stream().map(chain -> chain.nextOffset).toArray(Long[]::new),
                        chains.stream().map(chain -> chain.lastSequence).toArray(Long[]::new),
                        chains.stream()
                                .map(chain -> chain.headHash
                                        .map(Hashes::bytes)
                                        .map(Buffer::buffer)
                                        .orElse(null))
                                .toArray(Buffer[]::new)))
                .replaceWithVoid();
    }

    private static Collection<Chain> advanced(List<AuditRecord> read, Map<String, Chain> chains) {
        for (AuditRecord record : read) {
            Chain chain = chain(chains, record);
            chain.nextOffset = Math.max(chain.nextOffset, record.position.offset() + 1);
        }
        return chains.values();
    }

    private static Chain chain(Map<String, Chain> chains, AuditRecord record) {
        Chain chain = chains.get(record.position.chain());
        if (chain == null) {
            throw new IllegalStateException("The chain " + record.position.chain() + " was removed while in use");
        }
        return chain;
    }

    private static Set<String> ids(List<AuditRecord> read) {
        return read.stream().map(record -> record.position.chain()).collect(Collectors.toSet());
    }
}
