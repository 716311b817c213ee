package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reaches this machine and the hosts of the inventory; whatever is not listed there does not exist. */
@Singleton
public final class HostTargets implements Targets {
    private static final Duration FACTS_STAY = Duration.ofMinutes(10);

    private final Inventory inventory;
    private final HostLink local;
    private final RemoteLinks remote;
    private final HostFactsReader reader;
    private final AllowedPrograms allowed;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    @Inject
    public HostTargets(
            Inventory inventory, HostLink local, RemoteLinks remote, HostFactsReader reader, AllowedPrograms allowed) {
        this.inventory = inventory;
        this.local = local;
        this.remote = remote;
        this.reader = reader;
        this.allowed = allowed;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.HOST;
    }

    @Override
    public Uni<? extends Target<?>> reach(String name) {
        return Uni.createFrom().deferred(() -> {
            if (name.equals(Inventory.LOCALHOST)) {
                return reached(name, local, Optional.empty());
            }
            Host host = inventory.host(name).orElseThrow(() -> unknown(name));
            return reached(name, remote.to(host), host.distro());
        });
    }

    private Uni<HostTarget> reached(String name, HostLink link, Optional<String> distro) {
        Seen before = seen.get(name);
        if (before != null && before.holdsFor(link)) {
            return Uni.createFrom().item(new HostTarget(name, before.facts(), link, allowed));
        }
        return reader.read(link, distro).map(facts -> {
            seen.put(name, new Seen(facts, link.connectionId(), Instant.now()));
            return new HostTarget(name, facts, link, allowed);
        });
    }

    private static ExecutionFailure unknown(String name) {
        return ExecutionFailure.before(
                Category.UNKNOWN_TARGET,
                "There is no host " + name + " in the inventory.",
                "list_hosts names the hosts that there are; an administrator adds others to the inventory.");
    }

    /** What was seen over one connection; another connection may lead to a machine that was set up anew. */
    private record Seen(HostFacts facts, Optional<String> connection, Instant when) {
        boolean holdsFor(HostLink link) {
            return connection.equals(link.connectionId()) && Instant.now().isBefore(when.plus(FACTS_STAY));
        }
    }
}
