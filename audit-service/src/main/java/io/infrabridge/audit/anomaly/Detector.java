package io.infrabridge.audit.anomaly;

import java.util.Optional;

/** Looks at what callers do, one deed after the other; its memory is bounded. */
interface Detector {
    Optional<Anomaly> see(Deed deed);
}
