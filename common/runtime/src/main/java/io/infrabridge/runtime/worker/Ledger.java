package io.infrabridge.runtime.worker;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The durable memory of changes, one part for each partition of the commands. */
interface Ledger {
    /** Reads what is known of these partitions, to their very end; blocks. */
    void load(Collection<Integer> partitions);

    /** Forgets what was read; somebody else owns the partitions now. */
    void drop(Collection<Integer> partitions);

    Optional<LedgerEntry> find(int partition, String key);

    /** What has no outcome, or one that may not have been published. */
    List<LedgerEntry> open(int partition);

    /** Done when it cannot be lost any more. */
    Uni<Void> write(int partition, LedgerEntry entry);

    /** The recorded result is published; nobody has to do it again unless he is asked. */
    void published(int partition, String key);
}
