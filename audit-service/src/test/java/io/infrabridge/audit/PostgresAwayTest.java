package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Topics;
import io.infrabridge.testkit.TestBroker;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL goes away in every way while events come, each of them twice. A group that expects every member to poll within six
 * seconds makes a short outage a long one.
 */
@QuarkusTest
@TestProfile(PostgresAwayTest.Impatient.class)
class PostgresAwayTest {
    private static final String COMMANDS = Topics.commands(Domain.of("nfs"));
    private static final Duration LONGEST_POLL = Duration.ofSeconds(6);
    private static final int BATCH = 50;

    private final String caller = "caller-" + Samples.id();
    private int sent;

    @AfterEach
    void itIsThere() {
        AuditDatabase.running();
    }

    @Test
    void staysInItsGroupHoweverLongItIsAway() throws Exception {
        send(1);
        awaitAll();
        Set<String> members = members();

        AuditDatabase.stop();
        Instant back = Instant.now().plus(LONGEST_POLL.multipliedBy(2));
        Audit.until(
                () -> {
                    send(5);
                    return Instant.now();
                },
                now -> now.isAfter(back));
        assertThat(members()).isEqualTo(members);
        AuditDatabase.startAgain();

        everythingIsThereOnceAndVerifies();
        assertThat(members()).isEqualTo(members);
    }

    @Test
    void losesNothingWhenItIsKilledInTheMiddleOfBatches() {
        for (int round = 0; round < 3; round++) {
            double before = stored();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(6 * BATCH));
            Audit.until(PostgresAwayTest::stored, now -> now > before);
            AuditDatabase.kill();
            sending.join();
            AuditDatabase.startAgain();
        }

        everythingIsThereOnceAndVerifies();
    }

    @Test
    void losesNothingWhenItsConnectionsAreCutInTheMiddleOfBatches() throws Exception {
        for (int round = 0; round < 20; round++) {
            send(BATCH);
            AuditDatabase.rows("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'infrabridge-audit' and pid <> pg_backend_pid()");
        }

        everythingIsThereOnceAndVerifies();
    }

    /** The frozen server may yet carry out what it was asked, long after nobody waits for its answer. */
    @Test
    void storesNothingTwiceWhenItWasFrozen() throws Exception {
        send(4 * BATCH);
        double failures = failures();
        AuditDatabase.freeze();
        try {
            send(BATCH);
            Audit.until(PostgresAwayTest::failures, now -> now > failures);
        } finally {
            AuditDatabase.thaw();
        }

        everythingIsThereOnceAndVerifies();
    }

    private void everythingIsThereOnceAndVerifies() {
        awaitAll();
        List<String> targets = Audit.until(this::targets, found -> found.size() >= sent);
        assertThat(targets).hasSize(sent).doesNotHaveDuplicates();
        JsonPath verdict = Audit.until(() -> Audit.get("/api/v1/audit/verify"), answer -> answer.statusCode() == 200)
                .jsonPath();
        assertThat(verdict.getBoolean("verified")).as(verdict.prettify()).isTrue();
    }

    private void awaitAll() {
        Audit.until(this::targets, found -> found.size() >= sent);
        Audit.until(() -> Audit.get("/q/health/ready"), response -> response.statusCode() == 200);
    }

    private List<String> targets() {
        try {
            return AuditDatabase.rows("select target from audit_records where caller = '" + caller + "'").stream()
                    .map(row -> row.get("target"))
                    .toList();
        } catch (SQLException e) {
            return List.of();
        }
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            Command command = Samples.mount(Samples.id(), "host-" + sent + caller, caller);
            Sender.GATEWAY.send(COMMANDS, EventType.COMMAND, command.id(), command.target(), command);
            Sender.GATEWAY.send(COMMANDS, EventType.COMMAND, command.id(), command.target(), command);
            sent++;
        }
    }

    private static double stored() {
        return Audit.metric("infrabridge_audit_records_total");
    }

    private static double failures() {
        return Audit.metric("infrabridge_audit_store_failures_total");
    }

    private static Set<String> members() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
            return admin
                    .describeConsumerGroups(List.of(Impatient.GROUP))
                    .all()
                    .get()
                    .get(Impatient.GROUP)
                    .members()
                    .stream()
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet());
        }
    }

    /** A group of its own that throws out whoever does not poll for a while, and small batches. */
    public static final class Impatient implements QuarkusTestProfile {
        static final String GROUP = "impatient-audit";

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "infrabridge.audit.group", GROUP,
                    "infrabridge.audit.batch", Integer.toString(BATCH),
                    "kafka.max.poll.interval.ms", Long.toString(LONGEST_POLL.toMillis()),
                    "kafka.session.timeout.ms", Long.toString(LONGEST_POLL.toMillis()),
                    "kafka.heartbeat.interval.ms", "1000");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(AuditServers.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }
}
