package io.infrabridge.audit.anomaly;

import io.infrabridge.audit.trail.AuditRecord;
import io.infrabridge.audit.trail.Subject;
import io.infrabridge.contract.CatalogueAnnouncement;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.SecurityEvent;
import io.infrabridge.contract.State;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads deeds out of audit records; only of what was signed by somebody who is believed. */
final class Deeds {
    /** So many attempts of one address are enough for whatever threshold is sensible. */
    private static final long MOST_ATTEMPTS = 100;

    private final Risks risks = new Risks();

    List<Deed> of(AuditRecord record) {
        Optional<EventType> type = EventType.of(record.event.type());
        if (record.origin.signer() == null || type.isEmpty()) {
            return List.of();
        }
        return switch (type.get()) {
            case CATALOGUE -> learn(record);
            case COMMAND -> request(record.subject(), record);
            case RESULT -> refusal(record.subject(), record.event.time());
            case SECURITY -> attempts(Json.read(record.value, SecurityEvent.class));
            default -> List.of();
        };
    }

    private List<Deed> learn(AuditRecord record) {
        String domain = record.origin.domain();
        if (domain != null) {
            risks.learn(Json.read(record.value, CatalogueAnnouncement.class), domain);
        }
        return List.of();
    }

    private List<Deed> request(Subject command, AuditRecord record) {
        boolean destructive = !Boolean.TRUE.equals(command.dryRun())
                && risks.destructive(record.origin.domain(), text(command.tool()), text(command.action()));
        return List.of(Deed.request(text(command.caller()), text(command.target()), destructive, record.event.time()));
    }

    private static List<Deed> refusal(Subject result, Instant at) {
        return State.REJECTED.name().equals(result.state())
                ? List.of(Deed.refusal(text(result.caller()), text(result.target()), at))
                : List.of();
    }

    private static List<Deed> attempts(SecurityEvent event) {
        if (event.kind() != SecurityEvent.Kind.REQUEST_REFUSED) {
            return List.of();
        }
        String who = event.user().orElseGet(() -> "address " + event.address().orElse("unknown"));
        return Collections.nCopies(
                (int) Math.min(event.count(), MOST_ATTEMPTS), Deed.refusal(who, event.target(), event.at()));
    }

    private static String text(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "unknown" : text;
    }
}
