package io.infrabridge.audit.trail;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Topics;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be set under {@code infrabridge.audit}. */
@ConfigMapping(prefix = "infrabridge.audit")
public interface AuditConfig {
    /** The domains whose commands are recorded; by default those that are shipped. */
    Optional<List<String>> domains();

    /** The consumer group that the replicas of this service share. */
    @WithDefault("infrabridge-audit")
    String group();

    /** The most records that one transaction stores. */
    @WithDefault("500")
    int batch();

    /** How long a caller waits for PostgreSQL before it is told that the audit is away. */
    @WithDefault("PT1.5S")
    Duration answerWithin();

    /** The longest pause between two attempts to store while PostgreSQL is away. */
    @WithDefault("PT5S")
    Duration retryAtMost();

    /** The token that a caller of the REST interface must bear, where one is wanted. */
    Optional<String> token();

    /** How often the trail's state is signed while there is something new; a shorter time leaves less that can be cut off unseen. */
    @WithDefault("PT1M")
    Duration checkpointEvery();

    /** How many new records are signed for before that time is over. */
    @WithDefault("10000")
    long checkpointRecords();

    /** PEM file with the public keys that signed checkpoints before the present one. */
    Optional<Path> formerCheckpointKeys();

    /** How many verifications and exports may run at the same time. */
    @WithDefault("2")
    int readersAtOnce();

    /** Every topic that is recorded. */
    default List<String> topics() {
        List<Domain> wanted =
                domains().map(names -> names.stream().map(Domain::of).toList()).orElse(Topics.SHIPPED_DOMAINS);
        List<String> topics =
                new ArrayList<>(wanted.stream().map(Topics::commands).toList());
        topics.addAll(List.of(
                Topics.RESULTS,
                Topics.HEALTH,
                Topics.APPROVALS,
                Topics.DEAD_LETTERS,
                Topics.SECURITY,
                Topics.CATALOGUE));
        return topics;
    }
}
