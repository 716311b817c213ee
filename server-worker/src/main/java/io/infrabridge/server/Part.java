package io.infrabridge.server;

import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import java.util.List;

/** One thing that a server shall have or be, brought about by those who know of it; it sees its own looks and nothing else. */
public interface Part {
    /** Steps that only look, or why nothing may even be looked at. */
    Plan probe(HostFacts host);

    /** More steps that only look, until there are none. */
    default Plan further(HostFacts host, Probed seen) {
        return Plan.nothing();
    }

    /**
     * What brings it about, or why that must not be.
     *
     * @param moreComing whether packages or accounts will have come before, and with them what is missing yet
     */
    Plan plan(HostFacts host, Probed seen, boolean moreComing);

    /** How the server differs from it; asked only where something has to be done. */
    List<Deviation> deviations(HostFacts host, Probed seen);

    /** One of the differences, in words. */
    record Deviation(String subject, String from, String to) {}
}
