package io.infrabridge.trust.signature;

import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.InvalidConfiguration;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/** The public keys this service believes; each is decoded once. */
public final class TrustStore {
    private final Map<String, Entry> entries = new HashMap<>();

    public TrustStore(List<TrustedKey> keys) {
        for (TrustedKey key : keys) {
            byte[] raw = SigningKey.rawPublicKey(key.publicKey(), "public_key of " + key.id());
            Ed25519.PublicPoint point = Ed25519.validatePublicKeyPartialExport(raw, 0);
            if (point == null) {
                throw new InvalidConfiguration("public_key of " + key.id() + " is not a point on the curve");
            }
            if (entries.put(key.id(), new Entry(key, point)) != null) {
                throw new InvalidConfiguration("two keys with the id " + key.id());
            }
        }
    }

    public static TrustStore read(Path file) {
        return new TrustStore(ConfigurationFile.read(file, TrustFile.class).keys());
    }

    /** The key that made this signature over these bytes on this topic, or nothing if no believed key did. */
    public Optional<TrustedKey> verify(String topic, byte[] value, @Nullable String keyId, @Nullable String signature) {
        Entry entry = keyId == null ? null : entries.get(keyId);
        if (entry == null || signature == null) {
            return Optional.empty();
        }
        byte[] raw;
        try {
            raw = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (raw.length != Ed25519.SIGNATURE_SIZE) {
            return Optional.empty();
        }
        byte[] message = SignedBytes.of(topic, value);
        return Ed25519.verify(raw, 0, entry.point, message, 0, message.length)
                ? Optional.of(entry.key)
                : Optional.empty();
    }

    private record Entry(TrustedKey key, Ed25519.PublicPoint point) {}
}
