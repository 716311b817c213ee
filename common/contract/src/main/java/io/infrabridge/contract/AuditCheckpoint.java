package io.infrabridge.contract;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the audit service testifies of its trail at one moment: how far every chain had come and the hash of its last record.
 * What was recorded before cannot be changed afterwards without contradicting it.
 *
 * @param number counts the checkpoints from 1, without gaps
 * @param previous SHA-256 of the value of the checkpoint before, in lower case hexadecimal; of the first 64 zeros
 * @param recordNumber the highest record number of the trail at that moment, over all chains
 */
public record AuditCheckpoint(long number, String previous, Instant at, long recordNumber, List<Head> heads) {
    /** What {@code previous} is of the first one. */
    public static final String NONE = "0".repeat(64);

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public AuditCheckpoint {
        Require.positive(number, "number");
        hash(previous, "previous");
        Require.present(at, "at");
        Require.positive(recordNumber, "record_number");
        heads = Require.list(heads);
    }

    /**
     * The end of one chain.
     *
     * @param sequence the place of its last record, which is the number of its records
     * @param hash of its last record, in lower case hexadecimal
     */
    public record Head(String chain, long sequence, String hash) {
        public Head {
            Require.text(chain, "chain", 400);
            Require.positive(sequence, "sequence");
            AuditCheckpoint.hash(hash, "hash");
        }
    }

    private static void hash(String value, String property) {
        if (!SHA256.matcher(Require.present(value, property)).matches()) {
            throw new InvalidContract(property, "must be 64 lower case hexadecimal digits");
        }
    }
}
