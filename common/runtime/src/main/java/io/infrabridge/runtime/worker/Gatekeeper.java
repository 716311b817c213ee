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
import io.infrabridge.trust.signature.Verification;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides on every record: is it signed by a believed issuer, does it say what its key and headers say, may the issuer
 * speak for that caller, is it still time for it, and may the caller do that now. It decides; it does nothing.
 */
final class Gatekeeper {
    private static final String LIMITS = "trust.yaml lists what each key may ask for and whom it may speak for.";

    private final Supplier<TrustStore> trust;
    private final TimeLimits times;
    private final Permissions permissions;

    Gatekeeper(Supplier<TrustStore> trust, TimeLimits times, Permissions permissions) {
        this.trust = trust;
        this.times = times;
        this.permissions = permissions;
    }

    Incoming admit(Received record) {
        Verification verification = trust.get()
                .verify(
                        record.topic(),
                        record.value(),
                        record.header(Envelope.KEY_ID_HEADER),
                        record.header(Envelope.SIGNATURE_HEADER));
        if (verification instanceof Verification.NotBelieved not) {
            return unbelievable(
                    Category.BAD_SIGNATURE,
                    not.why(),
                    "Sign \"infra-command-v1\\0\" + topic + \"\\0\" + value with a key that trust.yaml lists.");
        }
        TrustedKey signer = ((Verification.Signed) verification).key();
        if (signer.kind() != TrustedKey.Kind.ISSUER) {
            return unbelievable(
                    Category.FORBIDDEN, "The key " + signer.id() + " may not sign commands.", "Use an issuer's key.");
        }
        try {
            Envelope envelope = Envelope.from(record.headers());
            if (envelope.type() == EventType.CANCEL) {
                // the type stands in a header that nobody signs, and a decision has all that a cancel has
                if (Json.parse(record.value()).has("plan_hash")) {
                    return unbelievable(
                            Category.INVALID_REQUEST,
                            "A decision on an approval cannot be used as a cancel.",
                            "Send " + EventType.APPROVAL_DECISION.type() + ".");
                }
                return cancel(Json.read(record.value(), Cancel.class), envelope, record, signer);
            }
            if (envelope.type() == EventType.APPROVAL_DECISION) {
                return decision(Json.read(record.value(), ApprovalDecision.class), envelope, record, signer);
            }
            if (envelope.type() != EventType.COMMAND) {
                return unbelievable(
                        Category.INVALID_REQUEST,
                        "A " + envelope.type().type() + " does not belong on a command topic.",
                        "Send " + EventType.COMMAND.type() + ", " + EventType.CANCEL.type() + " or "
                                + EventType.APPROVAL_DECISION.type() + ".");
            }
            return command(Json.read(record.value(), Command.class), envelope, record, signer);
        } catch (InvalidContract e) {
            return unbelievable(Category.INVALID_REQUEST, String.valueOf(e.getMessage()), "See the AsyncAPI document.");
        }
    }

    private Incoming command(Command command, Envelope envelope, Received record, TrustedKey signer) {
        if (!agrees(command.id(), command.target(), command.issuer(), envelope, record, signer)) {
            return disagreement();
        }
        if (times.forgotten(command)) {
            return unbelievable(
                    Category.EXPIRED,
                    "The command's deadline passed so long ago that nobody can tell whether it was executed.",
                    "Send a new command, with a new id and a deadline ahead.");
        }
        Optional<Failure> untimely = times.objection(command);
        if (untimely.isPresent()) {
            return new Incoming.Refused(command, untimely.get());
        }
        Optional<String> objection = signer.objection(command);
        if (objection.isPresent()) {
            return new Incoming.Refused(command, Failure.of(Category.FORBIDDEN, objection.get(), LIMITS));
        }
        return permissions.of(command);
    }

    private Incoming cancel(Cancel cancel, Envelope envelope, Received record, TrustedKey signer) {
        if (!agrees(cancel.id(), cancel.target(), cancel.issuer(), envelope, record, signer)) {
            return disagreement();
        }
        Optional<String> objection = signer.objection(cancel.target(), cancel.caller(), cancel.roles());
        if (objection.isPresent()) {
            return unbelievable(Category.FORBIDDEN, objection.get(), LIMITS);
        }
        return new Incoming.CancelRequested(cancel);
    }

    private Incoming decision(ApprovalDecision decision, Envelope envelope, Received record, TrustedKey signer) {
        if (!agrees(decision.id(), decision.target(), decision.issuer(), envelope, record, signer)) {
            return disagreement();
        }
        Optional<String> objection = signer.objection(decision.target(), decision.caller(), decision.roles());
        if (objection.isPresent()) {
            return unbelievable(Category.FORBIDDEN, objection.get(), LIMITS);
        }
        return new Incoming.Decided(decision, signer);
    }

    private static boolean agrees(
            String id, String target, String issuer, Envelope envelope, Received record, TrustedKey signer) {
        return envelope.id().equals(id)
                && target.equals(record.key())
                && record.isInThePartitionOfItsKey()
                && issuer.equals(signer.service());
    }

    private static Incoming disagreement() {
        return unbelievable(
                Category.BAD_SIGNATURE,
                "The record's key, partition, ce_id or signer disagrees with what its value says.",
                "The key is the target and the partition Kafka's default for it, ce_id is the id, and the issuer is the service"
                        + " that owns the signing key.");
    }

    private static Incoming.Unbelievable unbelievable(Category category, String message, String hint) {
        return new Incoming.Unbelievable(Failure.of(category, message, hint));
    }
}
