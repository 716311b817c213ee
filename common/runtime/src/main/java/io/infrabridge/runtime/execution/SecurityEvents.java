package io.infrabridge.runtime.execution;

import io.infrabridge.contract.SecurityEvent.Kind;
import io.infrabridge.trust.inventory.Host;
import io.opentelemetry.context.Context;
import java.util.Optional;

/** Puts on record what happens at a host's door. Neither blocks nor fails: what it tells of must never wait for it. */
public interface SecurityEvents {
    void happened(Sighting sighting, Context trace);

    /**
     * What was seen.
     *
     * @param session the session's name in results
     * @param via the jump host it goes through
     * @param detail why it was refused, or where it leads
     */
    record Sighting(Kind kind, Host host, Optional<String> session, Optional<String> via, Optional<String> detail) {
        public static Sighting of(Kind kind, Host host) {
            return new Sighting(kind, host, Optional.empty(), host.jump(), Optional.empty());
        }

        public Sighting on(String name) {
            return new Sighting(kind, host, Optional.of(name), via, detail);
        }

        public Sighting saying(String text) {
            return new Sighting(kind, host, session, via, Optional.of(text));
        }
    }
}
