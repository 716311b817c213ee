package io.infrabridge.audit.trail;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.trust.signature.TrustStore;
import io.infrabridge.trust.signature.TrustedKey;
import io.infrabridge.trust.signature.Verification;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells who sent a message and whether that one may say this. It only decides what is recorded and what may move an operation's
 * state; nothing is dropped by it.
 */
final class Proof {
    private static final String COMMANDS = Topics.commands(Domain.of("x")).replaceFirst("x$", "");

    private final Supplier<TrustStore> trust;

    Proof(Supplier<TrustStore> trust) {
        this.trust = trust;
    }

    Origin of(String topic, Attributes attributes, Headers headers, byte[] value, JsonNode message) {
        String keyId = headers.get(Envelope.KEY_ID_HEADER);
        String signature = headers.get(Envelope.SIGNATURE_HEADER);
        if (keyId == null && signature == null) {
            return Origin.unproven("It is not signed.");
        }
        Verification verification = trust.get().verify(topic, value, keyId, signature);
        if (verification instanceof Verification.NotBelieved not) {
            return Origin.unproven(not.why());
        }
        TrustedKey signer = ((Verification.Signed) verification).key();
        return objection(topic, attributes, signer, message)
                .map(Origin::unproven)
                .orElseGet(() -> new Origin(signer.id(), domain(topic, signer), null));
    }

    /** Whether a message without a proven sender is to be kept apart from the believed ones. */
    static boolean needed(String topic, Headers headers) {
        return topic.startsWith(COMMANDS)
                || topic.equals(Topics.RESULTS)
                || topic.equals(Topics.APPROVALS)
                || headers.get(Envelope.SIGNATURE_HEADER) != null
                || headers.get(Envelope.KEY_ID_HEADER) != null;
    }

    private static Optional<String> objection(
            String topic, Attributes attributes, TrustedKey signer, JsonNode message) {
        String type = attributes.type();
        boolean command = type.equals(EventType.COMMAND.type())
                || type.equals(EventType.CANCEL.type())
                || type.equals(EventType.APPROVAL_DECISION.type());
        boolean result = type.equals(EventType.RESULT.type());
        boolean misplaced = command != topic.startsWith(COMMANDS) || result != topic.equals(Topics.RESULTS);
        if (misplaced && attributes.known().isPresent()) {
            return Optional.of("A " + type + " does not belong on " + topic + ".");
        }
        // The headers are not signed: a command under another id would be another command.
        if (command && !attributes.envelope().id().equals(message.path("id").textValue())) {
            return Optional.of("Its ce_id is not the id that was signed.");
        }
        if (topic.equals(Topics.APPROVALS) && signer.kind() != TrustedKey.Kind.WORKER) {
            return Optional.of("the key " + signer.id() + " is not a worker's");
        }
        boolean ownIssuer = signer.kind() == TrustedKey.Kind.ISSUER
                && signer.service().equals(message.path("issuer").textValue());
        boolean refusal = State.REJECTED.name().equals(message.path("state").textValue());
        if (command && !ownIssuer || result && signer.kind() == TrustedKey.Kind.ISSUER && !(ownIssuer && refusal)) {
            return Optional.of("The key " + signer.id() + " of " + signer.service() + " may not say this.");
        }
        return Optional.empty();
    }

    private static @Nullable String domain(String topic, TrustedKey signer) {
        return topic.startsWith(COMMANDS)
                ? topic.substring(COMMANDS.length())
                : signer.domain().orElse(null);
    }
}
