package io.infrabridge.server.provision;

import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.ServiceName;
import java.util.Optional;

/**
 * A service as it shall be.
 *
 * @param enabled whether it is started at boot; left as it is where absent
 * @param running whether it is active now; left as it is where absent, but that NixOS starts what it starts at boot
 */
record ServiceConfig(ServiceName name, Optional<Boolean> enabled, Optional<Boolean> running) {
    ServiceConfig {
        Given.present(name, "name");
        if (enabled.isEmpty() && running.isEmpty()) {
            throw new InvalidValue("services: expected enabled or running for " + name);
        }
    }
}
