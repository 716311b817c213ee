package io.infrabridge.contract;

import java.util.Arrays;
import java.util.Optional;

/** The CloudEvents {@code type} of every message, and the record that its value holds. */
public enum EventType {
    COMMAND("io.infrabridge.command.v1", Command.class),
    CANCEL("io.infrabridge.cancel.v1", Cancel.class),
    APPROVAL_DECISION("io.infrabridge.approval-decision.v1", ApprovalDecision.class),
    /** The operation while it waits, with every decision so far, and once more when it waits no longer. */
    APPROVAL_REQUESTED("io.infrabridge.approval-requested.v1", Operation.class),
    APPROVAL_ANSWERED("io.infrabridge.approval-answered.v1", ApprovalAnswered.class),
    RESULT("io.infrabridge.result.v1", Operation.class),
    PROGRESS("io.infrabridge.progress.v1", Progress.class),
    HEALTH("io.infrabridge.health.v1", HealthEvent.class),
    CATALOGUE("io.infrabridge.catalogue.v1", CatalogueAnnouncement.class),
    HEARTBEAT("io.infrabridge.heartbeat.v1", Heartbeat.class),
    RESERVATION("io.infrabridge.reservation.v1", Reservation.class),
    DEAD_LETTER("io.infrabridge.dead-letter.v1", DeadLetter.class),
    SECURITY("io.infrabridge.security.v1", SecurityEvent.class),
    AUDIT_CHECKPOINT("io.infrabridge.audit-checkpoint.v1", AuditCheckpoint.class);

    private final String type;
    private final Class<?> payload;

    EventType(String type, Class<?> payload) {
        this.type = type;
        this.payload = payload;
    }

    public String type() {
        return type;
    }

    public Class<?> payload() {
        return payload;
    }

    public static Optional<EventType> of(String type) {
        return Arrays.stream(values()).filter(known -> known.type.equals(type)).findFirst();
    }
}
