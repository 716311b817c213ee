package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.Part;
import java.util.List;

/**
 * What another room of this worker brings about.
 *
 * @param name of the section in the configuration
 */
record PartSection(String name, Part part, HostFacts host, boolean bringsMore) implements Section {
    @Override
    public Plan probe() {
        return part.probe(host);
    }

    @Override
    public List<Step> further(Probed seen) {
        return part.further(host, seen).steps();
    }

    @Override
    public List<Change> changes(Probed seen) {
        // what is missing may be about to come, so that nothing is refused here
        return part.plan(host, seen, true).steps().isEmpty()
                ? List.of()
                : part.deviations(host, seen).stream()
                        .map(each -> Change.of(name, each.subject(), each.from(), each.to()))
                        .toList();
    }

    @Override
    public Plan plan(Probed seen, boolean moreComing) {
        return part.plan(host, seen, moreComing);
    }
}
