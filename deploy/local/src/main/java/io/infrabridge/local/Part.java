package io.infrabridge.local;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What runs on one machine, in the order of starting; it is stopped in the reverse order. */
enum Part {
    KAFKA("Kafka", "kafka", 9092),
    DATABASE("PostgreSQL", "database", 5433),
    AUDIT("audit-service", "audit", 8081),
    NFS("nfs-worker", "nfs", 8082),
    NAS("nas-worker", "nas", 8083),
    CLUSTER("cluster-worker", "cluster", 8084),
    SERVER("server-worker", "server", 8085),
    GATEWAY("gateway", "gateway", 8080);

    static final Set<Part> SERVICES = EnumSet.range(AUDIT, GATEWAY);

    private static final Set<Part> WORKERS = EnumSet.range(NFS, SERVER);

    private final String title;
    private final String option;
    private final int defaultPort;

    Part(String title, String option, int defaultPort) {
        this.title = title;
        this.option = option;
        this.defaultPort = defaultPort;
    }

    /** What people call it; for a service also its module and the id of its key. */
    String title() {
        return title;
    }

    /** The option that moves its port. */
    String portOption() {
        return "--" + option + "-port";
    }

    int defaultPort() {
        return defaultPort;
    }

    /** What a worker works on, by its name on the topics. */
    Optional<String> domain() {
        return WORKERS.contains(this) ? Optional.of(option) : Optional.empty();
    }

    /** Who stops together, first the door, then what it uses. */
    static List<Set<Part>> stopOrder() {
        return List.of(EnumSet.of(GATEWAY), WORKERS, EnumSet.of(AUDIT), EnumSet.of(KAFKA), EnumSet.of(DATABASE));
    }

    static Optional<Part> byPortOption(String option) {
        return Stream.of(values())
                .filter(part -> part.portOption().equals(option))
                .findFirst();
    }
}
