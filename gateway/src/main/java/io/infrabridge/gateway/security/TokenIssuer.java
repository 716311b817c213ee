package io.infrabridge.gateway.security;

import io.infrabridge.trust.InvalidConfiguration;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whose tokens are accepted, which {@code quarkus.oidc} says: nobody's by default. Whoever turns it on has to say for whom the tokens
 * are and by whom, because a token that was made for another service must not open this one.
 */
@Startup
@Singleton
final class TokenIssuer {
    private static final String ANY = "any";

    private final Optional<String> name;

    TokenIssuer(
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean enabled,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> server,
            @ConfigProperty(name = "quarkus.oidc.token.issuer") Optional<String> issuer,
            @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<List<String>> audience) {
        if (!enabled) {
            this.name = Optional.empty();
            return;
        }
        require(server.isPresent(), "quarkus.oidc.auth-server-url, the address of the issuer");
        require(
                issuer.filter(text -> !text.equals(ANY)).isPresent(),
                "quarkus.oidc.token.issuer, the claim iss of its tokens");
        require(
                audience.filter(names -> !names.isEmpty() && !names.contains(ANY))
                        .isPresent(),
                "quarkus.oidc.token.audience, the claim aud of tokens for this gateway");
        this.name = issuer;
    }

    boolean isTrusted() {
        return name.isPresent();
    }

    /** The claim {@code iss} of its tokens, where there is one. */
    Optional<String> name() {
        return name;
    }

    private static void require(boolean given, String what) {
        if (!given) {
            throw new InvalidConfiguration("with quarkus.oidc.tenant-enabled=true, the gateway needs " + what);
        }
    }
}
