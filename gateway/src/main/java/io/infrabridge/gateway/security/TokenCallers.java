package io.infrabridge.gateway.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Turns a verified token into the caller {@code jwt:<subject>} with roles of the policy. */
@Singleton
final class TokenCallers implements SecurityIdentityAugmentor {
    /** What OpenID Connect Core says of {@code sub}: at most 255 ASCII characters; here printable ones. */
    private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final Map<String, Set<String>> roles;

    TokenCallers(SecurityConfiguration configuration) {
        this.roles = configuration.oidc().roles();
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        @Nullable String subject = token.getName();
        if (subject == null || !SUBJECT.matcher(subject).matches()) {
            return Uni.createFrom().failure(new AuthenticationFailedException("the token names no caller"));
        }
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal("jwt:" + subject))
                        .addRoles(mapped(identity.getRoles()))
                        .build());
    }

    private Set<String> mapped(Set<String> claimed) {
        if (roles.isEmpty()) {
            return claimed;
        }
        Set<String> mapped = new TreeSet<>();
        claimed.forEach(name -> mapped.addAll(roles.getOrDefault(name, Set.of())));
        return mapped;
    }
}
