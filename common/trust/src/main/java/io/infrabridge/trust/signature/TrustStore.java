package io.infrabridge.trust.signature;

import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.InvalidConfiguration;
import java.nio.file.Path;
import java.time.Clock;
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
    private final Clock clock;

    /** Throws {@link InvalidConfiguration} where two keys have one id. */
    public TrustStore(List<TrustedKey> keys, Clock clock) {
        this.clock = clock;
        for (TrustedKey key : keys) {
            if (entries.put(key.id(), new Entry(key, key.point())) != null) {
                throw new InvalidConfiguration("two keys with the id " + key.id());
            }
        }
    }

    public static TrustStore read(Path file) {
        return new TrustStore(ConfigurationFile.read(file, TrustFile.class).keys(), Clock.systemUTC());
    }

    /** Who made this signature over these bytes on this topic, if it is a key that is listed and valid now. */
    public Verification verify(String topic, byte[] value, @Nullable String keyId, @Nullable String signature) {
        if (keyId == null || signature == null) {
            return new Verification.NotBelieved("It is not signed.");
        }
        Entry entry = entries.get(keyId);
        if (entry == null) {
            return new Verification.NotBelieved("No key of the name that it gives is listed in trust.yaml.");
        }
        TrustedKey key = entry.key();
        Optional<byte[]> raw = decoded(signature);
        byte[] message = SignedBytes.of(topic, value);
        if (raw.isEmpty() || !Ed25519.verify(raw.get(), 0, entry.point(), message, 0, message.length)) {
            return new Verification.NotBelieved(
                    "The key " + key.id() + " did not sign these bytes for this topic: they were altered, or moved.");
        }
        return key.invalidity(clock.instant())
                .<Verification>map(Verification.NotBelieved::new)
                .orElseGet(() -> new Verification.Signed(key));
    }

    /** One signature has one spelling: base64 as RFC 4648 section 4 has it, padded, without stray bits at its end. */
    private static Optional<byte[]> decoded(String signature) {
        try {
            byte[] raw = Base64.getDecoder().decode(signature);
            boolean canonical = Base64.getEncoder().encodeToString(raw).equals(signature);
            return canonical && raw.length == Ed25519.SIGNATURE_SIZE ? Optional.of(raw) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private record Entry(TrustedKey key, Ed25519.PublicPoint point) {}
}
