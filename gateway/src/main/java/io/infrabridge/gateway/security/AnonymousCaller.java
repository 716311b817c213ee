package io.infrabridge.gateway.security;

import io.infrabridge.trust.InvalidConfiguration;
import io.quarkus.runtime.Startup;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Who a caller without credentials is: nobody, but for a gateway that nobody else can reach and that says so explicitly. */
@Startup
@Singleton
final class AnonymousCaller {
    /** The name in commands and in the audit trail. */
    static final String NAME = "anonymous";

    private static final Logger LOG = Logger.getLogger(AnonymousCaller.class);

    private final Optional<SecurityIdentity> identity;

    /** Refuses the start where callers from elsewhere would be let in. */
    AnonymousCaller(SecurityConfiguration configuration, @ConfigProperty(name = "quarkus.http.host") String host) {
        SecurityConfiguration.Anonymous anonymous = configuration.security().anonymous();
        if (!anonymous.enabled()) {
            this.identity = Optional.empty();
            return;
        }
        if (!RequestNames.isLoopback(host)) {
            throw new InvalidConfiguration(
                    "infrabridge.security.anonymous.enabled needs quarkus.http.host=127.0.0.1: on " + host
                            + " everybody could call without a key");
        }
        LOG.warnf("callers without a key are let in from this machine, with the roles %s", anonymous.roles());
        this.identity = Optional.of(QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(NAME))
                .addRoles(anonymous.roles())
                .build());
    }

    Optional<SecurityIdentity> identity() {
        return identity;
    }
}
