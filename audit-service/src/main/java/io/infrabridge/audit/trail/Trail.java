package io.infrabridge.audit.trail;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Stores records and the offset behind them in one transaction, so that neither exists without the other.
 *
 * <p>What is below a chain's stored offset is skipped, which makes a late write by the partition's former owner harmless.
 * Writers take turns by one lock: record numbers then rise in commit order, pages by number miss nothing, and two replicas that
 * hold the command and the result of one operation cannot overlook each other's record.
 */
@ApplicationScoped
public class Trail {
    private static final String TAKE_TURN = "select 1 from pg_advisory_xact_lock(7202311)";
    private static final int ROWS_A_STATEMENT = 500;

    private final Mutiny.SessionFactory sessions;

    Trail(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Stores what is new among these records, which must be in offset order; returns what was stored. */
    Uni<List<AuditRecord>> store(List<AuditRecord> read) {
        return sessions.withStatelessTransaction((session, transaction) -> session.createNativeQuery(
                        TAKE_TURN, Integer.class)
                .getSingleResult()
                .chain(() -> chains(session, read))
                .chain(chains -> added(session, read, chains)
                        .call(added -> number(session, added, chains))
                        .call(added -> session.insertAll(ROWS_A_STATEMENT, added.toArray()))
                        .call(() -> session.updateAll(advanced(read, chains).toArray()))
                        .call(added -> OperationsView.refresh(session, added))));
    }

    /** Where consuming these chains resumes; a chain that is new gets its row here. */
    Uni<Map<String, Chain>> open(Collection<Chain> wanted) {
        return sessions.withStatelessTransaction((session, transaction) -> session.createNativeQuery(
                        TAKE_TURN, Integer.class)
                .getSingleResult()
                .chain(() -> find(session, ids(wanted)))
                .call(found -> session.insertAll(wanted.stream()
                        .filter(chain -> !found.containsKey(chain.chain))
                        .toArray()))
                .invoke(found -> wanted.forEach(chain -> found.putIfAbsent(chain.chain, chain))));
    }

    /** Fails when PostgreSQL does not answer. */
    Uni<Void> ping() {
        return sessions.withStatelessSession(session ->
                        session.createNativeQuery("select 1", Integer.class).getSingleResult())
                .replaceWithVoid();
    }

    private static Uni<Map<String, Chain>> chains(Mutiny.StatelessSession session, List<AuditRecord> read) {
        return find(
                session, read.stream().map(record -> record.position.chain()).collect(Collectors.toSet()));
    }

    private static Uni<Map<String, Chain>> find(Mutiny.StatelessSession session, Set<String> ids) {
        return session.createSelectionQuery("from Chain where chain in (:ids)", Chain.class)
                .setParameter("ids", ids)
                .getResultList()
                .map(found -> found.stream()
                        .collect(Collectors.toMap(
                                chain -> chain.chain, Function.identity(), (a, b) -> a, TreeMap::new)));
    }

    private static Uni<List<AuditRecord>> added(
            Mutiny.StatelessSession session, List<AuditRecord> read, Map<String, Chain> chains) {
        List<AuditRecord> ahead = read.stream()
                .filter(record -> record.position.offset() >= chain(chains, record).nextOffset)
                .toList();
        if (ahead.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return session.createSelectionQuery("select eventKey from AuditRecord where eventKey in (:keys)", UUID.class)
                .setParameter(
                        "keys", ahead.stream().map(record -> record.eventKey).toList())
                .getResultList()
                .map(known -> {
                    Set<UUID> seen = new HashSet<>(known);
                    return ahead.stream()
                            .filter(record -> seen.add(record.eventKey))
                            .toList();
                });
    }

    private static Uni<Void> number(
            Mutiny.StatelessSession session, List<AuditRecord> added, Map<String, Chain> chains) {
        if (added.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = Instant.now();
        return session.createNativeQuery(
                        "select nextval('audit_record_numbers') from generate_series(1, :count)", Long.class)
                .setParameter("count", added.size())
                .getResultList()
                .invoke(numbers -> {
                    List<Long> rising = new ArrayList<>(numbers);
                    rising.sort(null);
                    for (int i = 0; i < added.size(); i++) {
                        AuditRecord record = added.get(i);
                        record.number = rising.get(i);
                        record.recordedAt = now;
                        record.chainSequence = ++chain(chains, record).lastSequence;
                    }
                })
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

    private static Set<String> ids(Collection<Chain> chains) {
        return chains.stream().map(chain -> chain.chain).collect(Collectors.toSet());
    }
}
