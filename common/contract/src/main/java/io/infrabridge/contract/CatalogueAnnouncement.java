package io.infrabridge.contract;

import java.time.Instant;
import java.util.List;

/**
 * Everything that the workers of one domain can do; the record's key is the domain, so the latest stands.
 *
 * @param digest changes whenever the operations do; heartbeats repeat it
 */
public record CatalogueAnnouncement(
        Domain domain, String worker, String version, String digest, List<OperationDescriptor> operations, Instant at) {
    public CatalogueAnnouncement {
        Require.present(domain, "domain");
        Require.name(worker, "worker");
        Require.text(version, "version", 100);
        Require.id(digest, "digest");
        operations = Require.list(operations);
        Require.present(at, "at");
    }
}
