package io.infrabridge.gateway.catalogue;

import io.infrabridge.contract.CatalogueAnnouncement;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Heartbeat;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.gateway.security.SignedRecords;
import io.infrabridge.trust.signature.TrustedKey;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hears what workers say of themselves; believes a worker only about its own domain. */
@Singleton
final class WorkerNews {
    private static final Logger LOG = Logger.getLogger(WorkerNews.class);

    private final SignedRecords signed;
    private final Catalogue catalogue;
    private final Presence presence;

    WorkerNews(SignedRecords signed, Catalogue catalogue, Presence presence) {
        this.signed = signed;
        this.catalogue = catalogue;
        this.presence = presence;
    }

    @Incoming("catalogue")
    void announced(ConsumerRecord<String, byte[]> record) {
        Optional<TrustedKey> key = signed.signer(record);
        if (key.isEmpty()) {
            return;
        }
        try {
            CatalogueAnnouncement announcement = Json.read(record.value(), CatalogueAnnouncement.class);
            if (foreign(key.get(), announcement.domain(), record)) {
                return;
            }
            catalogue
                    .accept(announcement)
                    .ifPresentOrElse(
                            objection -> signed.drop(record, objection.reason(), objection.detail()),
                            () -> LOG.infof(
                                    "domain %s offers %d actions, announced by %s",
                                    announcement.domain(),
                                    announcement.operations().size(),
                                    announcement.worker()));
        } catch (InvalidContract e) {
            signed.drop(record, "contract", e.getMessage());
        }
    }

    @Incoming("heartbeats")
    void alive(ConsumerRecord<String, byte[]> record) {
        Optional<TrustedKey> key = signed.signer(record);
        if (key.isEmpty()) {
            return;
        }
        try {
            Heartbeat heartbeat = Json.read(record.value(), Heartbeat.class);
            if (!foreign(key.get(), heartbeat.domain(), record)) {
                presence.alive(heartbeat);
            }
        } catch (InvalidContract e) {
            signed.drop(record, "contract", e.getMessage());
        }
    }

    private boolean foreign(TrustedKey key, Domain domain, ConsumerRecord<String, byte[]> record) {
        boolean own = key.kind() == TrustedKey.Kind.WORKER
                && key.domain().equals(Optional.of(domain.name()))
                && (record.key() == null
                        || record.topic().endsWith("heartbeats")
                        || domain.name().equals(record.key()));
        if (!own) {
            signed.drop(record, "foreign", "key " + key.id() + " does not speak for the domain " + domain);
        }
        return !own;
    }
}
