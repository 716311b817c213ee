package io.infrabridge.gateway.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Names for operations and messages: sortable by time, or the same for the same idempotency key. */
final class OperationId {
    private OperationId() {}

    /**
     * A UUID of version 7. It need not be a secret, so the fast source of randomness does.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9562">RFC 9562</a>
     */
    static String at(Instant now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (now.toEpochMilli() << 16) | 0x7000L | random.nextInt(0x1000);
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    static String of(String issuer, String caller, String idempotencyKey) {
        return sha256(issuer + "\0" + caller + "\0" + idempotencyKey).substring(0, 40);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
