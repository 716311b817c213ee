package io.infrabridge.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The names of the topics and how each must be created. */
public final class Topics {
    public static final String RESULTS = "infra.results";
    public static final String PROGRESS = "infra.progress";
    public static final String HEALTH = "infra.health";
    public static final String CATALOGUE = "infra.catalogue";
    public static final String HEARTBEATS = "infra.heartbeats";
    public static final String APPROVALS = "infra.approvals";
    public static final String IDEMPOTENCY = "infra.idempotency";
    public static final String DEAD_LETTERS = "infra.dead-letters";
    public static final String ALLOWANCES = "infra.allowances";
    public static final String SECURITY = "infra.security";
    public static final String AUDIT_CHECKPOINTS = "infra.audit-checkpoints";
    public static final String RUNS = "infra.runs";

    /** The domains that this project ships a worker for. */
    public static final List<Domain> SHIPPED_DOMAINS =
            List.of(Domain.of("cluster"), Domain.of("nas"), Domain.of("nfs"), Domain.of("server"));

    /** Commands and the ledger of a domain must have the same count, because a ledger record goes to its command's partition. */
    public static final int PARTITIONS = 8;

    /** How long a worker remembers a change after it ended: longer than its command is kept. */
    public static final Duration LEDGER_RETENTION = Duration.ofDays(8);

    /** How long an idempotency key is remembered. */
    public static final Duration IDEMPOTENCY_RETENTION = Duration.ofHours(25);

    private static final String COMMANDS_PREFIX = "infra.commands.";
    private static final String LEDGER_PREFIX = "infra.ledger.";

    private Topics() {}

    public static String commands(Domain domain) {
        return COMMANDS_PREFIX + domain.name();
    }

    public static String ledger(Domain domain) {
        return LEDGER_PREFIX + domain.name();
    }

    /** Every topic for these domains, as it must be created. */
    public static List<Topic> all(Collection<Domain> domains) {
        List<Topic> topics = new ArrayList<>();
        for (Domain domain : domains) {
            topics.add(Topic.keptFor(commands(domain), PARTITIONS, Duration.ofDays(7)));
            topics.add(Topic.latestPerKey(ledger(domain), PARTITIONS, LEDGER_RETENTION));
        }
        topics.add(Topic.keptFor(RESULTS, PARTITIONS, Duration.ofDays(7)));
        topics.add(Topic.keptFor(PROGRESS, PARTITIONS, Duration.ofHours(1)));
        topics.add(Topic.keptFor(HEALTH, PARTITIONS, Duration.ofDays(7)));
        topics.add(Topic.latestPerKey(CATALOGUE, 1, Duration.ofDays(36500)));
        topics.add(Topic.keptFor(HEARTBEATS, 1, Duration.ofMinutes(10)));
        topics.add(Topic.keptFor(APPROVALS, PARTITIONS, Duration.ofDays(7)));
        topics.add(Topic.firstPerKey(IDEMPOTENCY, PARTITIONS, IDEMPOTENCY_RETENTION));
        topics.add(Topic.stamped(ALLOWANCES, Duration.ofDays(3)));
        topics.add(Topic.keptFor(DEAD_LETTERS, 1, Duration.ofDays(30)));
        topics.add(Topic.keptFor(SECURITY, PARTITIONS, Duration.ofDays(7)));
        // one partition, because checkpoints have one order; kept, because the database must not be their only place
        topics.add(Topic.keptFor(AUDIT_CHECKPOINTS, 1, Duration.ofDays(36500)));
        topics.add(Topic.latestPerKey(RUNS, PARTITIONS, Duration.ofDays(8)));
        return List.copyOf(topics);
    }

    /** One topic and the settings that it must be created with. */
    public record Topic(String name, int partitions, Map<String, String> settings) {
        static Topic keptFor(String name, int partitions, Duration retention) {
            return new Topic(
                    name,
                    partitions,
                    Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis())));
        }

        /** One partition whose records carry the broker's time, so that all readers agree on order and time. */
        static Topic stamped(String name, Duration retention) {
            return new Topic(
                    name,
                    1,
                    Map.of(
                            "cleanup.policy",
                            "delete",
                            "retention.ms",
                            Long.toString(retention.toMillis()),
                            "message.timestamp.type",
                            "LogAppendTime"));
        }

        /** Never compacted, because it is the first record of a key that counts; in short segments, so that old ones go soon. */
        static Topic firstPerKey(String name, int partitions, Duration retention) {
            return new Topic(
                    name,
                    partitions,
                    Map.of(
                            "cleanup.policy",
                            "delete",
                            "retention.ms",
                            Long.toString(retention.toMillis()),
                            "segment.ms",
                            Long.toString(Duration.ofHours(1).toMillis())));
        }

        static Topic latestPerKey(String name, int partitions, Duration retention) {
            return new Topic(
                    name,
                    partitions,
                    Map.of("cleanup.policy", "compact,delete", "retention.ms", Long.toString(retention.toMillis())));
        }
    }
}
