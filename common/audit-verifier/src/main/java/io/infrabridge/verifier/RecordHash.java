package io.infrabridge.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The hash by which a record is chained to the one before it: SHA-256 over the text {@code infra-audit-record-v1}, a zero byte,
 * the 32 bytes of the hash before, and then every column by {@link #COLUMNS} in that order, its name and its text each in UTF-8
 * behind their length in bytes as four bytes, highest first; a column without a value has the length {@code ffffffff} and
 * nothing more. Lengths leave no doubt where one text ends, so no two records have the same bytes.
 */
public final class RecordHash {
    /**
     * Every stored column that says something, in the order in which it is hashed. Numbers are decimal, times RFC 3339 in UTC with
     * no trailing zeros but whole groups of three, {@code roles} a JSON array without spaces, {@code value} base64.
     */
    public static final List<String> COLUMNS = List.of(
            "number",
            "chain",
            "chain_sequence",
            "event_key",
            "topic",
            "partition",
            "record_offset",
            "record_key",
            "event_id",
            "source",
            "type",
            "claimed_type",
            "event_time",
            "recorded_at",
            "signer",
            "domain",
            "problem",
            "operation_id",
            "issuer",
            "tool",
            "action",
            "target",
            "caller",
            "roles",
            "state",
            "dry_run",
            "reason",
            "privilege",
            "trace_id",
            "headers",
            "value",
            "value_size");

    private static final byte[] RECORD = "infra-audit-record-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GENESIS = "infra-audit-genesis-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ABSENT = -1;

    private RecordHash() {}

    /** The hash of a record with these columns that follows a record with the hash {@code previous}; lower case hexadecimal. */
    public static String of(String previous, Map<String, String> columns) {
        MessageDigest digest = digest("SHA-256");
        digest.update(RECORD);
        digest.update(HexFormat.of().parseHex(previous));
        for (String name : COLUMNS) {
            text(digest, name);
            String value = columns.get(name);
            if (value == null) {
                digest.update(length(ABSENT));
            } else {
                text(digest, value);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * What the first hashed record of a chain follows. The place is in it: a chain that loses its beginning cannot pass for one
     * that begins later, but one whose first records are older than hashing begins truthfully behind them.
     */
    public static String genesis(String chain, long sequence) {
        MessageDigest digest = digest("SHA-256");
        digest.update(GENESIS);
        text(digest, chain);
        text(digest, Long.toString(sequence));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The SHA-256 of these bytes as they are; lower case hexadecimal. */
    public static String ofBytes(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(length(bytes.length));
        digest.update(bytes);
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }
}
