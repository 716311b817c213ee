package io.infrabridge.runtime.worker;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.trust.signature.TrustStore;
import io.infrabridge.trust.signature.TrustedKey;
import java.util.Optional;
import java.util.Set;

/**
 * Decides on every record: is it signed by a believed issuer, does it say what its key and headers say, may the issuer
 * speak for that caller, and may the caller do that now.
 */
final class Gatekeeper {
    private final TrustStore trust;
    private final Permissions permissions;

    Gatekeeper(TrustStore trust, Permissions permissions) {
        this.trust = trust;
        this.permissions = permissions;
    }

    Incoming admit(Received record) {
        Optional<TrustedKey> signer = trust.verify(
                record.topic(),
                record.value(),
                record.header(Envelope.KEY_ID_HEADER),
                record.header(Envelope.SIGNATURE_HEADER));
        if (signer.isEmpty()) {
            return unbelievable(
                    Category.BAD_SIGNATURE,
                    "No believed key signed this record for this topic.",
                    "Sign \"infra-command-v1\\0\" + topic + \"\\0\" + value with a key that trust.yaml lists.");
        }
        if (signer.get().kind() != TrustedKey.Kind.ISSUER) {
            return unbelievable(
                    Category.FORBIDDEN,
                    "The key " + signer.get().id() + " may not sign commands.",
                    "Use an issuer's key.");
        }
        try {
            Envelope envelope = Envelope.from(record.headers());
            if (envelope.type() == EventType.CANCEL) {
                return cancel(Json.read(record.value(), Cancel.class), envelope, record, signer.get());
            }
            if (envelope.type() == EventType.APPROVAL_DECISION) {
                return decision(Json.read(record.value(), ApprovalDecision.class), envelope, record, signer.get());
            }
            if (envelope.type() != EventType.COMMAND) {
                return unbelievable(
                        Category.INVALID_REQUEST,
                        "A " + envelope.type().type() + " does not belong on a command topic.",
                        "Send " + EventType.COMMAND.type() + ", " + EventType.CANCEL.type() + " or "
                                + EventType.APPROVAL_DECISION.type() + ".");
            }
            return command(Json.read(record.value(), Command.class), envelope, record, signer.get());
        } catch (InvalidContract e) {
            return unbelievable(Category.INVALID_REQUEST, String.valueOf(e.getMessage()), "See the AsyncAPI document.");
        }
    }

    private Incoming command(Command command, Envelope envelope, Received record, TrustedKey signer) {
        if (!agrees(command.id(), command.target(), command.issuer(), envelope, record, signer)) {
            return disagreement();
        }
        if (!signer.mayAskFor(command.tool()) || !maySay(signer, command.caller(), command.roles())) {
            return new Incoming.Refused(
                    command,
                    Failure.of(
                            Category.FORBIDDEN,
                            "The issuer " + signer.service() + " may not ask for this tool, caller or roles.",
                            "trust.yaml lists what the key " + signer.id() + " may assert."));
        }
        return permissions.of(command);
    }

    private Incoming cancel(Cancel cancel, Envelope envelope, Received record, TrustedKey signer) {
        if (!agrees(cancel.id(), cancel.target(), cancel.issuer(), envelope, record, signer)) {
            return disagreement();
        }
        return maySay(signer, cancel.caller(), cancel.roles())
                ? new Incoming.CancelRequested(cancel)
                : mayNotSpeak(signer);
    }

    private Incoming decision(ApprovalDecision decision, Envelope envelope, Received record, TrustedKey signer) {
        if (!agrees(decision.id(), decision.target(), decision.issuer(), envelope, record, signer)) {
            return disagreement();
        }
        return maySay(signer, decision.caller(), decision.roles())
                ? new Incoming.Decided(decision, signer)
                : mayNotSpeak(signer);
    }

    private static boolean maySay(TrustedKey signer, String caller, Set<String> roles) {
        return signer.maySpeakFor(caller) && signer.roles().containsAll(roles);
    }

    private static Incoming mayNotSpeak(TrustedKey signer) {
        return unbelievable(
                Category.FORBIDDEN,
                "The issuer " + signer.service() + " may not speak for this caller.",
                "trust.yaml lists what the key " + signer.id() + " may assert.");
    }

    private static boolean agrees(
            String id, String target, String issuer, Envelope envelope, Received record, TrustedKey signer) {
        return envelope.id().equals(id) && target.equals(record.key()) && issuer.equals(signer.service());
    }

    private static Incoming disagreement() {
        return unbelievable(
                Category.BAD_SIGNATURE,
                "The record's key, ce_id or signer disagrees with what its value says.",
                "The key is the target, ce_id is the id, and the issuer is the service that owns the signing key.");
    }

    private static Incoming.Unbelievable unbelievable(Category category, String message, String hint) {
        return new Incoming.Unbelievable(Failure.of(category, message, hint));
    }
}
