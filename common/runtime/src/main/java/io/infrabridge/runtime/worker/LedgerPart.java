package io.infrabridge.runtime.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One partition of the ledger in the memory of its owner. Pure, and for one thread at a time.
 *
 * <p>An owner that was fenced may still have a record on its way. It does not count, because it bears a lower term than the
 * records before it: the new owner has read the partition to its end before it chose its own.
 */
final class LedgerPart {
    private final Duration memory;
    private final Map<String, LedgerEntry> entries = new LinkedHashMap<>();
    private final TreeMap<Long, String> unsettled = new TreeMap<>();
    private long term;
    private long number;
    private long settled;

    /**
     * @param memory how long what has ended is remembered
     */
    LedgerPart(Duration memory) {
        this.memory = memory;
    }

    /** The next record of the topic, in its order, before the partition is owned. */
    void read(LedgerRecord record) {
        Optional<LedgerEntry> known = find(record.entry().key());
        // an end is final: after it only somebody who did not know of it can have written
        boolean over = known.filter(LedgerEntry::finished).isPresent()
                && !record.entry().finished();
        if (record.term() < term || over) {
            return;
        }
        term = record.term();
        number = Math.max(number, record.number());
        settled = Math.max(settled, record.settled());
        if (record.entry().finished()) {
            unsettled.put(record.number(), record.entry().key());
        }
        remember(record.entry());
    }

    /** After the last record was read. */
    void own() {
        term++;
        unsettled.headMap(settled).clear();
    }

    /** The record for an entry that is to be written. */
    LedgerRecord next(LedgerEntry entry) {
        number++;
        if (entry.finished()) {
            unsettled.put(number, entry.key());
        }
        return new LedgerRecord(term, number, unsettled.isEmpty() ? number : unsettled.firstKey(), entry);
    }

    /** The entry cannot be lost any more. */
    void written(LedgerEntry entry) {
        remember(entry);
    }

    /** The result is published and need not be published again. */
    void published(String key) {
        unsettled.values().remove(key);
    }

    Optional<LedgerEntry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** What has no outcome, or one that may not have been published, in the order in which it was claimed. */
    List<LedgerEntry> open() {
        return entries.values().stream()
                .filter(entry -> !entry.finished() || unsettled.containsValue(entry.key()))
                .toList();
    }

    private void remember(LedgerEntry entry) {
        entries.put(entry.key(), entry);
        Instant young = entry.at().minus(memory);
        Iterator<LedgerEntry> oldest = entries.values().iterator();
        LedgerEntry one = oldest.next();
        // the entry itself is young
        while (one.at().isBefore(young)) {
            if (one.finished()) {
                oldest.remove();
            }
            one = oldest.next();
        }
    }
}
