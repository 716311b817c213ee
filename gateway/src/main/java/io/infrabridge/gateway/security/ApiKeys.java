package io.infrabridge.gateway.security;

import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys that callers may present. */
public final class ApiKeys {
    private final List<ApiKey> keys;
    private final Clock clock;

    ApiKeys(List<ApiKey> keys, Clock clock) {
        this.keys = List.copyOf(keys);
        this.clock = clock;
        Set<String> names = new HashSet<>();
        keys.forEach(key -> {
            if (!names.add(key.name())) {
                throw new InvalidConfiguration("two API keys with the name " + key.name());
            }
        });
    }

    /** Refuses a file that others can read: whoever can change it can call as anybody. */
    static ApiKeys read(Path file) {
        PrivateFile.read(file);
        return new ApiKeys(ConfigurationFile.read(file, Content.class).keys(), Clock.systemUTC());
    }

    /** Compares with every key in constant time, so that the time says nothing of which came close. */
    Optional<ApiKey> find(String presented) {
        byte[] hash = sha256(presented).getBytes(StandardCharsets.US_ASCII);
        ApiKey found = null;
        for (ApiKey key : keys) {
            if (MessageDigest.isEqual(hash, key.sha256().getBytes(StandardCharsets.US_ASCII))) {
                found = key;
            }
        }
        return Optional.ofNullable(found).filter(key -> key.validAt(clock.instant()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    record Content(List<ApiKey> keys) {
        Content {
            keys = keys == null ? List.of() : List.copyOf(keys);
        }
    }
}
