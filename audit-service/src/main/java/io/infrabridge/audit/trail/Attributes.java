package io.infrabridge.audit.trail;

import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The envelope of a message whose type this service need not know: a newer sender may say more. */
record Attributes(Envelope envelope, String type) {
    /** {@link io.infrabridge.contract.InvalidContract} names the attribute that is missing or wrong. */
    static Attributes from(Headers headers) {
        String type = headers.get("ce_type");
        if (type == null || type.isBlank() || EventType.of(type).isPresent()) {
            Envelope envelope = Envelope.from(headers.values());
            return new Attributes(envelope, envelope.type().type());
        }
        // The contract refuses a type that it does not know; all other attributes must be right all the same.
        Map<String, String> others = new HashMap<>(headers.values());
        others.put("ce_type", EventType.COMMAND.type());
        return new Attributes(Envelope.from(others), type);
    }

    Optional<EventType> known() {
        return EventType.of(type);
    }
}
