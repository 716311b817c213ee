package io.infrabridge.gateway.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where the audit service is and how long it is waited for. */
@ConfigMapping(prefix = "infrabridge.audit")
public interface AuditConfiguration {
    @WithDefault("http://127.0.0.1:8081")
    URI url();

    /** What it asks of its clients, where it asks for anything. */
    Optional<String> token();

    @WithDefault("3s")
    Duration timeout();

    /** How long a verification of the trail, or the next piece of an export, may take: that grows with the trail. */
    @WithDefault("10m")
    Duration proofTimeout();
}
