package io.infrabridge.gateway.security;

import io.infrabridge.contract.Category;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.problem.Refusal;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Reads {@code Authorization: Bearer …}, which is an API key or, where OIDC is on, a signed token, and answers 401 as a problem where
 * it is missing or wrong. Nothing else counts: no query parameter, no form field, no cookie.
 */
@Singleton
final class BearerMechanism implements HttpAuthenticationMechanism {
    private static final Logger LOG = Logger.getLogger(BearerMechanism.class);
    private static final String SCHEME = "Bearer ";
    /** The compact form of a signed token; RFC 7515, section 3.1. The keys that are generated here have no dot. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final Problem UNAUTHENTICATED = Problem.of(Refusal.of(
            Category.UNAUTHENTICATED,
            "The request carries no API key or token that is valid.",
            "Send the header Authorization: Bearer <key>."));

    private final OidcAuthenticationMechanism tokens;
    private final TokenIssuer issuer;
    private final AnonymousCaller anonymous;
    private final ResourceMetadata metadata;

    BearerMechanism(
            OidcAuthenticationMechanism tokens,
            TokenIssuer issuer,
            AnonymousCaller anonymous,
            ResourceMetadata metadata) {
        this.tokens = tokens;
        this.issuer = issuer;
        this.anonymous = anonymous;
        this.metadata = metadata;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        List<String> headers = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) {
            return Uni.createFrom().optional(anonymous.identity());
        }
        if (headers.size() > 1) {
            return Uni.createFrom().failure(new AuthenticationFailedException("more than one Authorization header"));
        }
        String header = headers.get(0);
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().optional(Optional.empty());
        }
        String credential = header.substring(SCHEME.length()).strip();
        if (issuer.isTrusted() && TOKEN.matcher(credential).matches()) {
            return verified(context, providers);
        }
        return providers.authenticate(new ApiKeyRequest(credential));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", metadata.challenge(context)));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        context.response()
                .setStatusCode(UNAUTHENTICATED.status())
                .putHeader("WWW-Authenticate", metadata.challenge(context))
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(UNAUTHENTICATED.json()));
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(ApiKeyRequest.class);
    }

    /** Before the one for tokens, which it calls itself. */
    @Override
    public int getPriority() {
        return 10_000;
    }

    /** A token that is refused is refused like a key, also one that the verifier stumbles over. */
    private Uni<SecurityIdentity> verified(RoutingContext context, IdentityProviderManager providers) {
        return Uni.createFrom()
                .deferred(() -> tokens.authenticate(context, providers))
                .onFailure(failure -> !(failure instanceof AuthenticationFailedException))
                .transform(failure -> {
                    LOG.warnf("a token could not be verified: %s", failure.toString());
                    return new AuthenticationFailedException(failure);
                })
                .onTermination()
                .invoke(() -> context.put(HttpAuthenticationMechanism.class.getName(), this));
    }
}
