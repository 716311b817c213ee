package io.infrabridge.server.health;

import java.util.List;
import java.util.Optional;

/**
 * What a host waits for that its administrator should do.
 *
 * @param rebootPending absent where nothing tells
 * @param rebootReasons the packages that need it, where they are told
 * @param securityUpdates how many packages have one; absent where the package manager does not tell
 */
record Upkeep(Optional<Boolean> rebootPending, List<String> rebootReasons, Optional<Integer> securityUpdates) {
    Upkeep {
        rebootReasons = List.copyOf(rebootReasons);
    }
}
