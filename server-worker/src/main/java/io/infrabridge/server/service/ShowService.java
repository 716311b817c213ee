package io.infrabridge.server.service;

import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Says how a service is, and what it logged last where the account may read that; refuses one that the host does not know. */
@Singleton
final class ShowService implements HostOperation<ServiceInput, ServiceStatus> {
    private static final int LINES = 10;
    private static final int LOOKS = 2;

    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceStatus> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "The state of a service, with the last lines that it logged",
                        ServiceInput.class,
                        ServiceStatus.class,
                        Selector.of("operation", "service"),
                        Selector.of("action", "status"))
                .running("systemctl", "grep", "journalctl");
    }

    @Override
    public Plan probe(ServiceInput in, HostFacts host) {
        return manager.looks(in.serviceName());
    }

    /** The journal knows no aliases, so the service is asked for its name first. */
    @Override
    public Plan further(ServiceInput in, HostFacts host, Probed seen) {
        return seen.size() == LOOKS && Refusals.unknown(manager, seen.get(0)).isEmpty()
                ? Plan.of(
                        Journal.access(), Journal.last(manager.unit(seen.get(0)).name(), LINES))
                : Plan.nothing();
    }

    @Override
    public Plan plan(ServiceInput in, HostFacts host, Probed before) {
        return Refusals.unknown(manager, before.get(0)).orElse(Plan.nothing());
    }

    @Override
    public ServiceStatus parse(ServiceInput in, Outputs out) {
        Probed seen = out.before();
        boolean readable =
                Journal.readable(seen.get(LOOKS)) && seen.get(LOOKS + 1).succeeded();
        return ServiceStatus.with(
                readable ? Optional.of(JournalPage.parse(seen.get(LOOKS + 1), LINES)) : Optional.empty(),
                manager,
                seen);
    }
}
