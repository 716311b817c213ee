package io.infrabridge.gateway.security;

import io.infrabridge.trust.InvalidConfiguration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One key of {@code api-keys.yaml}; the key itself is never stored.
 *
 * @param sha256 of the key, in lower case hexadecimal
 */
public record ApiKey(String name, String sha256, Set<String> roles, Optional<Instant> expires) {
    public ApiKey {
        if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new InvalidConfiguration("an API key needs a name of letters, digits, dots and dashes: " + name);
        }
        if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
            throw new InvalidConfiguration("API key " + name + ": sha256 must be 64 lower case hexadecimal digits");
        }
        roles = roles == null ? Set.of() : Set.copyOf(roles);
        expires = expires == null ? Optional.empty() : expires;
    }

    boolean validAt(Instant now) {
        return expires.isEmpty() || now.isBefore(expires.get());
    }
}
