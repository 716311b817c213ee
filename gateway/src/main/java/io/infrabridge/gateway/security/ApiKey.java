package io.infrabridge.gateway.security;

import io.infrabridge.trust.InvalidConfiguration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One key of {@code api-keys.yaml}; the key itself is never stored.
 *
 * @param name of the key, unlike every other
 * @param caller whose key it is, by default its name; several keys of one caller are valid beside each other, to change them
 * @param sha256 of the key, in lower case hexadecimal
 */
record ApiKey(String name, Optional<String> caller, String sha256, Set<String> roles, Optional<Instant> expires) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    ApiKey {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new InvalidConfiguration("an API key needs a name of letters, digits, dots and dashes: " + name);
        }
        if (caller.isPresent() && !NAME.matcher(caller.get()).matches()) {
            throw new InvalidConfiguration(
                    "API key " + name + ": caller must be letters, digits, dots and dashes: " + caller.get());
        }
        if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
            throw new InvalidConfiguration("API key " + name + ": sha256 must be 64 lower case hexadecimal digits");
        }
        roles = roles == null ? Set.of() : Set.copyOf(roles);
    }

    String callerName() {
        return "key:" + caller.orElse(name);
    }

    boolean validAt(Instant now) {
        return expires.isEmpty() || now.isBefore(expires.get());
    }
}
