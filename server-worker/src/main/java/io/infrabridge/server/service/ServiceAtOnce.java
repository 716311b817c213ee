package io.infrabridge.server.service;

import io.infrabridge.runtime.value.ServiceName;
import java.util.Optional;

/**
 * The arguments of the actions on what happens at boot.
 *
 * @param now whether it is started or stopped at once, too
 */
record ServiceAtOnce(ServiceName serviceName, Optional<Boolean> now) {
    boolean atOnce() {
        return now.orElse(false);
    }
}
