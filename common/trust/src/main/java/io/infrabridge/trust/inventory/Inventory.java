package io.infrabridge.trust.inventory;

import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.InvalidConfiguration;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The host allow-list: every host and cluster that exists, by name and address. Names are compared as written; nothing is
 * resolved, folded or parsed, so no other spelling of an address can pass.
 */
public final class Inventory {
    /** The machine that the worker itself runs on. */
    public static final String LOCALHOST = "localhost";

    private final Map<String, Host> hosts = new HashMap<>();
    private final Map<String, Cluster> clusters = new HashMap<>();
    private final List<Host> hostsInOrder;
    private final List<Cluster> clustersInOrder;
    private final Set<String> ownNames;

    public Inventory(List<Host> hosts, List<Cluster> clusters) {
        this(hosts, clusters, ownNamesOfThisMachine());
    }

    Inventory(List<Host> hosts, List<Cluster> clusters, Set<String> ownNames) {
        this.hostsInOrder = List.copyOf(hosts);
        this.clustersInOrder = List.copyOf(clusters);
        this.ownNames = Set.copyOf(ownNames);
        Set<String> names = new HashSet<>();
        Stream.concat(hosts.stream().map(Host::name), clusters.stream().map(Cluster::name))
                .forEach(name -> {
                    if (name.equals(LOCALHOST) || !names.add(name)) {
                        throw new InvalidConfiguration("the name " + name + " is taken");
                    }
                });
        hosts.forEach(host -> this.hosts.put(host.name(), host));
        hosts.forEach(host -> host.addresses().forEach(address -> this.hosts.putIfAbsent(address, host)));
        clusters.forEach(cluster -> this.clusters.put(cluster.name(), cluster));
        clusters.forEach(
                cluster -> cluster.addresses().forEach(address -> this.clusters.putIfAbsent(address, cluster)));
        hosts.forEach(this::jumps);
    }

    public static Inventory read(Path file) {
        File content = ConfigurationFile.read(file, File.class);
        return new Inventory(content.hosts(), content.clusters());
    }

    /** The name under which an operation on this host is queued, policed and recorded. */
    public Optional<String> hostName(Optional<String> asked) {
        if (asked.isEmpty() || isLocal(asked.get())) {
            return Optional.of(LOCALHOST);
        }
        return Optional.ofNullable(hosts.get(asked.get())).map(Host::name);
    }

    public boolean isLocal(String asked) {
        return asked.equals(LOCALHOST)
                || asked.equals("127.0.0.1")
                || (ownNames.contains(asked) && !hosts.containsKey(asked));
    }

    public Optional<Host> host(String name) {
        return Optional.ofNullable(hosts.get(name)).filter(host -> host.name().equals(name));
    }

    public Optional<Cluster> cluster(String nameOrAddress) {
        return Optional.ofNullable(clusters.get(nameOrAddress));
    }

    /** The labels of the host or cluster of exactly this name; empty if there is none, as addresses are not names. */
    public Optional<Map<String, String>> labels(String name) {
        if (name.equals(LOCALHOST)) {
            return Optional.of(Map.of());
        }
        return host(name)
                .map(Host::labels)
                .or(() -> cluster(name)
                        .filter(cluster -> cluster.name().equals(name))
                        .map(Cluster::labels));
    }

    public List<Host> hosts() {
        return hostsInOrder;
    }

    public List<Cluster> clusters() {
        return clustersInOrder;
    }

    public List<Cluster> clusters(Cluster.Type type) {
        return clustersInOrder.stream()
                .filter(cluster -> cluster.type() == type)
                .toList();
    }

    /** The hosts to go through, first hop first; empty for a host that is reached directly. */
    public List<Host> jumps(Host host) {
        List<Host> chain = new ArrayList<>();
        Host current = host;
        while (current.jump().isPresent()) {
            String via = current.jump().get();
            Host next = host(via).orElse(null);
            if (next == null) {
                throw new InvalidConfiguration("host " + current.name() + " jumps through an unknown host: " + via);
            }
            if (next.name().equals(host.name()) || chain.contains(next)) {
                throw new InvalidConfiguration("host " + host.name() + " jumps in a circle");
            }
            chain.add(0, next);
            current = next;
        }
        return chain;
    }

    private static Set<String> ownNamesOfThisMachine() {
        try {
            InetAddress self = InetAddress.getLocalHost();
            return Set.of(self.getHostName(), self.getHostAddress()).stream()
                    .filter(name -> !name.isBlank())
                    .collect(java.util.stream.Collectors.toUnmodifiableSet());
        } catch (UnknownHostException e) {
            // a machine that does not know its own name is still localhost
            return Set.of();
        }
    }

    record File(List<Host> hosts, List<Cluster> clusters) {
        File {
            hosts = hosts == null ? List.of() : hosts;
            clusters = clusters == null ? List.of() : clusters;
        }
    }
}
