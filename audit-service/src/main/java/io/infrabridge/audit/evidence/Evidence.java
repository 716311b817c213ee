package io.infrabridge.audit.evidence;

import io.infrabridge.audit.trail.StoredRecord;
import io.infrabridge.contract.AuditCheckpoint.Head;
import io.infrabridge.verifier.ChainCheck;
import io.infrabridge.verifier.ChainRecord;
import io.infrabridge.verifier.CheckpointKeys;
import io.infrabridge.verifier.ExportLine;
import io.infrabridge.verifier.Verdict;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the trail for those who want to check it: a page at a time, whatever its length. */
@ApplicationScoped
public class Evidence {
    private static final int RECORDS_A_PAGE = 100;
    private static final int CHECKPOINTS_A_PAGE = 1000;
    /** One statement sees one moment: writers move the newest record and all heads together. */
    private static final String BOUNDS = """
            select chain, last_sequence, head_hash, greatest(
                (select max(number) from audit_records), (select max(record_number) from audit_checkpoints)) as newest
            from audit_chains where head_hash is not null order by chain""";

    private static final String BY_NUMBER = "select " + StoredRecord.COLUMNS + " from audit_records"
            + " where hash is not null and number > $1 and number <= $2 order by number limit " + RECORDS_A_PAGE;
    /** By the place in the chain, because that is what there is an index for. */
    private static final String OF_CHAIN = "select " + StoredRecord.COLUMNS + " from audit_records"
            + " where hash is not null and chain = $3 and chain_sequence > $4 and number > $1 and number <= $2"
            + " order by chain_sequence, number limit " + RECORDS_A_PAGE;

    private final Pool pool;
    private final CheckpointStore checkpoints;
    private final CheckpointTopic topic;
    private final CheckpointKeys keys;

    Evidence(Pool pool, CheckpointStore checkpoints, CheckpointTopic topic, CheckpointKeys keys) {
        this.pool = pool;
        this.checkpoints = checkpoints;
        this.topic = topic;
        this.keys = keys;
    }

    /** Everything of the selection in the form of an export; what is recorded meanwhile is not in it. */
    public Multi<List<ExportLine>> export(Selection selection) {
        return pool.query(BOUNDS).execute().onItem().transformToMulti(rows -> {
            List<Head> heads = CheckpointStore.heads(rows);
            long newest = heads.isEmpty() ? 0 : rows.iterator().next().getLong("newest");
            Reading reading = new Reading(
                    selection, heads, Math.min(newest, selection.to().orElse(newest)));
            return Multi.createBy()
                    .repeating()
                    .uni(() -> reading, this::next)
                    .whilst(page -> !(page.get(page.size() - 1) instanceof ExportLine.End));
        });
    }

    /** Checks the selection against itself, its checkpoints and, where it goes to the end, the latest published one. */
    public Uni<Verdict> verify(Selection selection) {
        ChainCheck check = new ChainCheck(selection.scope(), keys);
        // before the trail is read, so that what is published meanwhile is not missed in it
        return Uni.createFrom()
                .item(topic::latest)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(latest -> export(selection)
                        .emitOn(Infrastructure.getDefaultWorkerPool(), 1)
                        .invoke(page -> page.forEach(line -> line.applyTo(check)))
                        .select()
                        .first(page -> !check.settled())
                        .onItem()
                        .ignoreAsUni()
                        .invoke(() -> latest.ifPresent(check::published))
                        .map(done -> check.verdict()));
    }

    private Uni<List<ExportLine>> next(Reading reading) {
        List<ExportLine> lines = new ArrayList<>();
        if (!reading.begun) {
            reading.begun = true;
            lines.add(ExportLine.Header.of(reading.selection.scope(), Instant.now()));
        }
        return records(reading).chain(records -> {
            boolean last = records.size() < RECORDS_A_PAGE;
            long after = reading.number;
            records.forEach(reading::reached);
            long to = last ? reading.to : reading.number;
            reading.number = to;
            return checkpoints.between(after, to, CHECKPOINTS_A_PAGE).map(made -> {
                merge(lines, records, made);
                if (last) {
                    lines.add(new ExportLine.End(reading.heads));
                }
                return lines;
            });
        });
    }

    private Uni<List<ChainRecord>> records(Reading reading) {
        Optional<String> chain = reading.selection.chain();
        return (chain.isPresent()
                        ? pool.preparedQuery(OF_CHAIN)
                                .execute(Tuple.of(reading.from, reading.to, chain.get(), reading.sequence))
                        : pool.preparedQuery(BY_NUMBER).execute(Tuple.of(reading.number, reading.to)))
                .map(rows -> {
                    List<ChainRecord> records = new ArrayList<>(rows.size());
                    rows.forEach(row -> records.add(StoredRecord.of(row)));
                    return records;
                });
    }

    /** Every checkpoint right behind the last record that it testifies of. */
    private static void merge(List<ExportLine> lines, List<ChainRecord> records, List<CheckpointStore.Placed> made) {
        int next = 0;
        for (ChainRecord record : records) {
            while (next < made.size() && made.get(next).recordNumber() < record.number()) {
                lines.add(ExportLine.Checkpoint.of(made.get(next++).checkpoint()));
            }
            lines.add(new ExportLine.Record(record));
        }
        made.subList(next, made.size()).forEach(placed -> lines.add(ExportLine.Checkpoint.of(placed.checkpoint())));
    }

    /** How far one reader has come. */
    private static final class Reading {
        private final Selection selection;
        private final List<Head> heads;
        private final long from;
        private final long to;
        private boolean begun;
        private long number;
        private long sequence;

        Reading(Selection selection, List<Head> heads, long to) {
            this.selection = selection;
            this.heads = heads.stream()
                    .filter(head -> selection.chain().map(head.chain()::equals).orElse(true))
                    .toList();
            this.from = selection.from().orElse(1L) - 1;
            this.number = from;
            this.to = to;
        }

        private void reached(ChainRecord record) {
            number = Math.max(number, record.number());
            sequence = Math.max(sequence, record.sequence());
        }
    }
}
