package io.infrabridge.runtime.worker;

import io.infrabridge.contract.InvalidContract;

/**
 * An entry as it stands on the topic.
 *
 * @param term counts the owners that its partition has had; what an earlier one wrote after a later one does not count
 * @param number counts the records of the partition
 * @param settled every result that was recorded under a lower number is published
 */
record LedgerRecord(long term, long number, long settled, LedgerEntry entry) {
    LedgerRecord {
        if (entry == null) {
            throw new InvalidContract("ledger record", "has no entry");
        }
    }
}
