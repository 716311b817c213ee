package io.infrabridge.audit.trail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * What makes two records the same event. The value counts beside id, source and type, because those stand in headers that nobody
 * signs: else whoever can write to a topic could use up the id of an event to come and so keep it out of the trail. An honest
 * redelivery is byte-equal, so it is still stored once.
 */
final class EventKey {
    private EventKey() {}

    /** Two deliveries of this event have the same key, at whatever offsets. */
    static UUID ofEvent(String source, String id, String type, boolean verified, byte[] value) {
        MessageDigest digest = sha256();
        for (String part : new String[] {verified ? "verified" : "unsigned", source, id, type}) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return uuid(digest.digest(value));
    }

    /** For what is not believed: its own place is all that tells it from others. */
    static UUID ofPosition(String chain, long offset) {
        MessageDigest digest = sha256();
        return uuid(digest.digest(("position\0" + chain + "\0" + offset).getBytes(StandardCharsets.UTF_8)));
    }

    /** The first 128 bits: enough against chance and, without a choice of both inputs, against intent. */
    private static UUID uuid(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
