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
import java.util.function.Supplier;

/** The keys that callers may present, as the file says now: a key that is taken out of it is refused within a second. */
public final class ApiKeys {
    private final Supplier<Content> content;
    private final Clock clock;

    ApiKeys(Supplier<Content> content, Clock clock) {
        this.content = content;
        this.clock = clock;
    }

    /** Compares with every key in constant time, so that the time says nothing of which came close. */
    Optional<ApiKey> find(String presented) {
        byte[] hash = sha256(presented).getBytes(StandardCharsets.US_ASCII);
        ApiKey found = null;
        for (ApiKey key : content.get().keys()) {
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

    /** What the file holds. */
    record Content(List<ApiKey> keys) {
        Content {
            keys = keys == null ? List.of() : List.copyOf(keys);
            Set<String> names = new HashSet<>();
            Set<String> hashes = new HashSet<>();
            keys.forEach(key -> {
                if (!names.add(key.name())) {
                    throw new InvalidConfiguration("two API keys with the name " + key.name());
                }
                if (!hashes.add(key.sha256())) {
                    throw new InvalidConfiguration("API key " + key.name() + " is the same key as another one");
                }
            });
        }

        /** Refuses a file that others can read: whoever can change it can call as anybody. */
        static Content read(Path file) {
            PrivateFile.read(file);
            return ConfigurationFile.read(file, Content.class);
        }
    }
}
