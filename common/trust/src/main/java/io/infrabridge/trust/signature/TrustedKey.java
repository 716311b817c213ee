package io.infrabridge.trust.signature;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.infrabridge.contract.Command;
import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.Wildcard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * One public key of {@code trust.yaml}: whose it is and what a signature by it may claim. Lists of names take a trailing
 * {@code *} for any rest.
 *
 * @param service the issuer or worker name that messages signed by it must carry; it may have several keys, to change them
 * @param publicKey base64 of the SubjectPublicKeyInfo
 * @param domain the only domain whose catalogue and results a worker's key may sign
 * @param tools the tools an issuer may ask for
 * @param actions the actions it may ask for, by default all
 * @param targets the hosts and clusters it may ask to operate, by their names in the inventory, by default all
 * @param roles the roles an issuer may assert of its callers
 * @param callers the callers an issuer may speak for
 * @param notBefore from when on its signatures are believed, by default always
 * @param notAfter the moment from which they are not any more, by default never
 */
public record TrustedKey(
        String id,
        String service,
        Kind kind,
        String publicKey,
        Optional<String> domain,
        List<String> tools,
        List<String> actions,
        List<String> targets,
        List<String> roles,
        List<String> callers,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter) {
    public TrustedKey {
        require(id, "id");
        require(service, "service");
        if (kind == null) {
            throw new InvalidConfiguration("key " + id + ": kind is missing: issuer or worker");
        }
        require(publicKey, "public_key");
        tools = tools == null ? List.of() : List.copyOf(tools);
        actions = actions == null ? List.of("*") : List.copyOf(actions);
        targets = targets == null ? List.of("*") : List.copyOf(targets);
        roles = roles == null ? List.of() : List.copyOf(roles);
        callers = callers == null ? List.of() : List.copyOf(callers);
        if (kind == Kind.WORKER && domain.isEmpty()) {
            throw new InvalidConfiguration("key " + id + ": a worker's key needs its domain");
        }
        if (notBefore.isPresent() && notAfter.isPresent() && !notBefore.get().isBefore(notAfter.get())) {
            throw new InvalidConfiguration("key " + id + ": not_before must be earlier than not_after");
        }
        point(publicKey, id);
    }

    public static TrustedKey issuer(SigningKey key, String service, List<String> roles) {
        return new TrustedKey(
                key.id(),
                service,
                Kind.ISSUER,
                key.publicKey(),
                Optional.empty(),
                List.of("*"),
                List.of("*"),
                List.of("*"),
                roles,
                List.of("*"),
                Optional.empty(),
                Optional.empty());
    }

    /** A service that signs what it has seen and may ask for nothing. */
    public static TrustedKey witness(SigningKey key, String service) {
        return new TrustedKey(
                key.id(),
                service,
                Kind.ISSUER,
                key.publicKey(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    public static TrustedKey worker(SigningKey key, String service, String domain) {
        return new TrustedKey(
                key.id(),
                service,
                Kind.WORKER,
                key.publicKey(),
                Optional.of(domain),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** What the command claims beyond what a signature by this key may; nothing where it may. */
    public Optional<String> objection(Command command) {
        return objection(command.tool(), command.action())
                .or(() -> objection(command.target(), command.caller(), command.roles()));
    }

    /** The same for what is done, whoever wants it. */
    public Optional<String> objection(String tool, String action) {
        if (!Wildcard.anyMatches(tools, tool)) {
            return mayNot("ask for the tool " + tool);
        }
        return Wildcard.anyMatches(actions, action) ? Optional.empty() : mayNot("ask for the action " + action);
    }

    /** The same for a message about an operation that is under way on this target. */
    public Optional<String> objection(String target, String caller, Set<String> claimedRoles) {
        if (!Wildcard.anyMatches(targets, target)) {
            return mayNot("operate the target " + target);
        }
        if (!Wildcard.anyMatches(callers, caller)) {
            return mayNot("speak for the caller " + caller);
        }
        Set<String> beyond = new TreeSet<>(claimedRoles);
        beyond.removeAll(Set.copyOf(roles));
        return beyond.isEmpty() ? Optional.empty() : mayNot("assert the roles " + beyond);
    }

    /** Why its signatures are not believed at this time; nothing where they are. */
    Optional<String> invalidity(Instant now) {
        if (notBefore.isPresent() && now.isBefore(notBefore.get())) {
            return Optional.of("The key " + id + " is valid only from " + notBefore.get() + " on.");
        }
        if (notAfter.isPresent() && !now.isBefore(notAfter.get())) {
            return Optional.of("The key " + id + " has expired at " + notAfter.get() + ".");
        }
        return Optional.empty();
    }

    Ed25519.PublicPoint point() {
        return point(publicKey, id);
    }

    private Optional<String> mayNot(String what) {
        return Optional.of("The issuer " + service + " may not " + what + " with its key " + id + ".");
    }

    private static Ed25519.PublicPoint point(String publicKey, String id) {
        byte[] raw = SigningKey.rawPublicKey(publicKey, "public_key of " + id);
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(raw, 0);
        if (point == null) {
            throw new InvalidConfiguration("public_key of " + id + " is not a point on the curve");
        }
        return point;
    }

    private static void require(@Nullable String value, String property) {
        if (value == null || value.isBlank()) {
            throw new InvalidConfiguration("a key without " + property);
        }
    }

    /** Whether the key signs commands or their results. */
    public enum Kind {
        @JsonProperty("issuer")
        ISSUER,
        @JsonProperty("worker")
        WORKER
    }
}
