package io.infrabridge.trust.signature;

import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.Wildcard;
import java.util.List;
import java.util.Optional;

/**
 * One public key of {@code trust.yaml}: whose it is and what a signature by it may claim.
 *
 * @param service the issuer or worker name that messages signed by it must carry
 * @param publicKey base64 of the SubjectPublicKeyInfo
 * @param domain the only domain whose catalogue and results a worker's key may sign
 * @param tools the tools an issuer may ask for; {@code *} for all
 * @param roles the roles an issuer may assert of its callers
 * @param callers the callers an issuer may speak for; {@code *} for all, a trailing {@code *} for a prefix
 */
public record TrustedKey(
        String id,
        String service,
        Kind kind,
        String publicKey,
        Optional<String> domain,
        List<String> tools,
        List<String> roles,
        List<String> callers) {
    public TrustedKey {
        require(id, "id");
        require(service, "service");
        if (kind == null) {
            throw new InvalidConfiguration("key " + id + ": kind is missing: issuer or worker");
        }
        require(publicKey, "public_key");
        domain = domain == null ? Optional.empty() : domain;
        tools = tools == null ? List.of() : List.copyOf(tools);
        roles = roles == null ? List.of() : List.copyOf(roles);
        callers = callers == null ? List.of() : List.copyOf(callers);
        if (kind == Kind.WORKER && domain.isEmpty()) {
            throw new InvalidConfiguration("key " + id + ": a worker's key needs its domain");
        }
        SigningKey.rawPublicKey(publicKey, "public_key of " + id);
    }

    public static TrustedKey issuer(SigningKey key, String service, List<String> roles) {
        return new TrustedKey(
                key.id(), service, Kind.ISSUER, key.publicKey(), Optional.empty(), List.of("*"), roles, List.of("*"));
    }

    public static TrustedKey worker(SigningKey key, String service, String domain) {
        return new TrustedKey(
                key.id(), service, Kind.WORKER, key.publicKey(), Optional.of(domain), List.of(), List.of(), List.of());
    }

    public boolean mayAskFor(String tool) {
        return Wildcard.anyMatches(tools, tool);
    }

    public boolean maySpeakFor(String caller) {
        return Wildcard.anyMatches(callers, caller);
    }

    private static void require(String value, String property) {
        if (value == null || value.isBlank()) {
            throw new InvalidConfiguration("a key without " + property);
        }
    }

    /** Whether the key signs commands or their results. */
    public enum Kind {
        @com.fasterxml.jackson.annotation.JsonProperty("issuer")
        ISSUER,
        @com.fasterxml.jackson.annotation.JsonProperty("worker")
        WORKER
    }
}
