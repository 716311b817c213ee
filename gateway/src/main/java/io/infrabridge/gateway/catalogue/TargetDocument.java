package io.infrabridge.gateway.catalogue;

import io.infrabridge.trust.inventory.Cluster;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A host or cluster as callers may read about it: nothing of how one logs in.
 *
 * @param kind {@code local}, {@code host}, {@code kubernetes} or {@code docker_swarm}
 * @param byDefault whether a cluster command without a target goes to it
 */
public record TargetDocument(
        String name,
        String kind,
        List<String> addresses,
        Optional<String> distro,
        Optional<String> jump,
        Map<String, String> labels,
        boolean byDefault) {
    /** This machine first, then hosts and clusters in the order of the inventory. */
    public static List<TargetDocument> all(Inventory inventory) {
        List<TargetDocument> all = new ArrayList<>();
        all.add(new TargetDocument(
                Inventory.LOCALHOST, "local", List.of(), Optional.empty(), Optional.empty(), Map.of(), true));
        inventory.hosts().forEach(host -> all.add(of(host)));
        inventory.clusters().forEach(cluster -> all.add(of(cluster)));
        return List.copyOf(all);
    }

    private static TargetDocument of(Host host) {
        return new TargetDocument(
                host.name(), "host", host.addresses(), host.distro(), host.jump(), host.labels(), false);
    }

    private static TargetDocument of(Cluster cluster) {
        return new TargetDocument(
                cluster.name(),
                cluster.type().name().toLowerCase(Locale.ROOT),
                cluster.addresses(),
                Optional.empty(),
                cluster.host(),
                cluster.labels(),
                cluster.isDefault());
    }
}
