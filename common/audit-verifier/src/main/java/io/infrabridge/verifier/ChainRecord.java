package io.infrabridge.verifier;

import io.infrabridge.contract.InvalidContract;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One record as it is stored.
 *
 * @param number counts the records of the whole trail, rising, not without gaps
 * @param sequence its place in its chain, from 1, without gaps
 * @param columns the text of every column of {@link RecordHash#COLUMNS} that has a value
 * @param previous the hash of the record before in the chain, lower case hexadecimal, or whatever stands in its place
 * @param hash its own, likewise
 */
public record ChainRecord(
        long number, String chain, long sequence, Map<String, String> columns, String previous, String hash) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ChainRecord {
        columns = Map.copyOf(columns);
    }

    /** {@link InvalidContract} names what is missing or not of a record. */
    public static ChainRecord of(Map<String, String> columns, String previous, String hash) {
        for (String name : columns.keySet()) {
            if (!RecordHash.COLUMNS.contains(name)) {
                throw new InvalidContract(name, "is not a property of a record");
            }
        }
        String chain = columns.get("chain");
        if (chain == null) {
            throw new InvalidContract("chain", "is missing");
        }
        return new ChainRecord(
                number(columns, "number"), chain, number(columns, "chain_sequence"), columns, previous, hash);
    }

    boolean isWhole() {
        return SHA256.matcher(previous).matches()
                && RecordHash.of(previous, columns).equals(hash);
    }

    private static long number(Map<String, String> columns, String name) {
        try {
            return Long.parseLong(String.valueOf(columns.get(name)));
        } catch (NumberFormatException e) {
            throw new InvalidContract(name, "is not a number");
        }
    }
}
