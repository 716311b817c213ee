package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Opens ways to what only a host can reach, such as a cluster's API behind a bastion. */
@Singleton
public final class Tunnels {
    private final Inventory inventory;
    private final SshSessions sessions;

    @Inject
    public Tunnels(Inventory inventory, SshSessions sessions) {
        this.inventory = inventory;
        this.sessions = sessions;
    }

    /** Leads from a free port of this machine's loopback, through the host, to the address as the host sees it. */
    public Uni<Tunnel> open(String hostName, String remoteAddress, int remotePort) {
        return Uni.createFrom()
                .deferred(() -> {
                    Host host = inventory
                            .host(hostName)
                            .orElseThrow(() -> ExecutionFailure.before(
                                    Category.UNKNOWN_TARGET,
                                    "There is no host " + hostName + " in the inventory to go through.",
                                    "Name a host of the inventory."));
                    return Uni.createFrom().completionStage(sessions.tunnel(host, remoteAddress, remotePort));
                })
                .onFailure()
                .transform(SshFailures::unwrapped)
                .emitOn(Infrastructure.getDefaultExecutor());
    }
}
