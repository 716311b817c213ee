package io.infrabridge.runtime.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.execution.AddNames;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import io.infrabridge.trust.policy.Policy;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustStore;
import io.infrabridge.trust.signature.TrustedKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatekeeperTest {
    private static final String TOPIC = "infra.commands.fake";
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private final SigningKey gateway = SigningKey.generate("gateway");
    private final SigningKey console = SigningKey.generate("console");
    private final SigningKey worker = SigningKey.generate("fake-worker");
    private final SigningKey retired = SigningKey.generate("gateway-2025");
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final TrustStore trust = new TrustStore(
            List.of(
                    TrustedKey.issuer(gateway, "gateway", List.of("reader", "operator", "admin")),
                    limited(List.of("fake_*"), List.of("add"), List.of("web-*")),
                    TrustedKey.worker(worker, "fake-worker", "fake"),
                    expired()),
            clock);
    private final Policy policy = Policy.parse("roles: [{name: operator, risks: [READ, CHANGE]}]");
    private final Gatekeeper gatekeeper = new Gatekeeper(
            () -> trust,
            new TimeLimits(Duration.ofHours(24), clock),
            new Permissions(
                    () -> policy,
                    new OperationCatalogue(List.of(new AddNames(true), new AddNames(false))),
                    new Inventory(List.of(host("web-1"), host("db-1")), List.of()),
                    clock));

    @Test
    void admitsWhatABelievedIssuerMayAskFor() {
        assertThat(admit(gateway, command())).isInstanceOf(Incoming.Admitted.class);
        assertThat(admit(console, command().issuer("ops-console").target("web-1")))
                .isInstanceOf(Incoming.Admitted.class);
    }

    @Test
    void believesNothingAfterAnyOneByteOfTheValueWasChanged() {
        byte[] value = Json.bytes(command().build());
        String signature = gateway.sign(TOPIC, value);
        for (int at = 0; at < value.length; at++) {
            byte[] altered = value.clone();
            altered[at] ^= 1;
            assertUnbelievable(gatekeeper.admit(record(altered, "gateway", signature)), Category.BAD_SIGNATURE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyid", "signature", "ce_id", "ce_type", "ce_specversion"})
    void believesNothingAfterAnyOneByteOfAHeaderThatCountsWasChanged(String header) {
        byte[] value = Json.bytes(command().build());
        Received good = record(value, "gateway", gateway.sign(TOPIC, value));
        byte[] text = good.headers().get(header).getBytes(UTF_8);
        for (int at = 0; at < text.length; at++) {
            byte[] altered = text.clone();
            altered[at] ^= 1;
            assertThat(gatekeeper.admit(with(good, header, new String(altered, UTF_8))))
                    .isInstanceOf(Incoming.Unbelievable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyid", "signature", "ce_id", "ce_type", "ce_specversion", "ce_source", "ce_time"})
    void believesNothingThatLacksAHeader(String header) {
        byte[] value = Json.bytes(command().build());
        Received good = record(value, "gateway", gateway.sign(TOPIC, value));

        assertThat(gatekeeper.admit(with(good, header, null))).isInstanceOf(Incoming.Unbelievable.class);
    }

    @Test
    void believesNothingUnderAnyOtherKey() {
        byte[] value = Json.bytes(command().build());
        String signature = gateway.sign(TOPIC, value);
        for (String key : new String[] {"localhos", "localhostt", "Localhost", "web-1", ""}) {
            Received moved = at(record(value, "gateway", signature), key, partition(key));
            assertUnbelievable(gatekeeper.admit(moved), Category.BAD_SIGNATURE);
        }
        assertUnbelievable(gatekeeper.admit(at(record(value, "gateway", signature), null, 0)), Category.BAD_SIGNATURE);
    }

    @Test
    void believesNoCopyInAnotherPartitionWhoseLedgerDoesNotKnowTheOriginal() {
        byte[] value = Json.bytes(command().build());
        Received good = record(value, "gateway", gateway.sign(TOPIC, value));
        for (int partition = 0; partition < 8; partition++) {
            if (partition != partition("localhost")) {
                assertUnbelievable(gatekeeper.admit(at(good, "localhost", partition)), Category.BAD_SIGNATURE);
            }
        }
    }

    @Test
    void believesNoCopyOnAnotherTopic() {
        byte[] value = Json.bytes(command().build());

        Incoming incoming = gatekeeper.admit(record(value, "gateway", gateway.sign("infra.commands.nfs", value)));

        assertThat(assertUnbelievable(incoming, Category.BAD_SIGNATURE).message())
                .contains("for this topic");
    }

    @Test
    void believesNoWorkerThatGivesCommands() {
        Failure failure = assertUnbelievable(admit(worker, command().issuer("fake-worker")), Category.FORBIDDEN);

        assertThat(failure.message()).isEqualTo("The key fake-worker may not sign commands.");
    }

    @Test
    void believesNoIssuerThatNamesAnotherOne() {
        assertUnbelievable(admit(console, command().issuer("gateway").target("web-1")), Category.BAD_SIGNATURE);
    }

    @Test
    void saysThatAKeyHasExpired() {
        Failure failure = assertUnbelievable(admit(retired, command()), Category.BAD_SIGNATURE);

        assertThat(failure.message()).isEqualTo("The key gateway-2025 has expired at 2026-01-01T00:00:00Z.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nas_volume | add    | web-1 | ops:anna  | operator | the tool nas_volume",
                "fake_names | append | web-1 | ops:anna  | operator | the action append",
                "fake_names | add    | db-1  | ops:anna  | operator | the target db-1",
                "fake_names | add    | web-1 | key:admin | operator | the caller key:admin",
                "fake_names | add    | web-1 | ops:anna  | admin    | the roles [admin]"
            })
    void refusesWhatAnIssuerMayNotAskForAndTellsItsCaller(
            String tool, String action, String target, String caller, String role, String what) {
        Incoming incoming = admit(
                console,
                command()
                        .issuer("ops-console")
                        .tool(tool)
                        .action(action)
                        .target(target)
                        .caller(caller)
                        .role(role));

        Failure failure = assertRefused(incoming, Category.FORBIDDEN);
        assertThat(failure.message()).contains("The issuer ops-console may not").contains(what);
        assertThat(failure.hint()).contains("trust.yaml");
    }

    @ParameterizedTest
    @CsvSource({"web-1, ops:anna, operator, true", "db-1, ops:anna, operator, false"})
    void stopsOperationsOnlyForIssuersThatMayOperateTheTarget(
            String target, String caller, String role, boolean admitted) {
        Cancel cancel = new Cancel(
                "c1", "ops-console", "op1", "ops-console", target, caller, Set.of(role), Optional.empty(), NOW);
        byte[] value = Json.bytes(cancel);

        Incoming incoming =
                gatekeeper.admit(record("c1", EventType.CANCEL, target, value, "console", console.sign(TOPIC, value)));

        if (admitted) {
            assertThat(incoming).isInstanceOf(Incoming.CancelRequested.class);
        } else {
            assertUnbelievable(incoming, Category.FORBIDDEN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "web-1, ops:anna, operator, true",
        "db-1,  ops:anna, operator, false",
        "web-1, key:anna, operator, false",
        "web-1, ops:anna, admin,    false"
    })
    void takesDecisionsOnlyOfTargetsPersonsAndRolesThatTheIssuerMayAssert(
            String target, String caller, String role, boolean admitted) {
        byte[] value = Json.bytes(decision(target, caller, role));

        Incoming incoming = gatekeeper.admit(
                record("d1", EventType.APPROVAL_DECISION, target, value, "console", console.sign(TOPIC, value)));

        if (admitted) {
            assertThat(incoming).isInstanceOf(Incoming.Decided.class);
        } else {
            assertUnbelievable(incoming, Category.FORBIDDEN);
        }
    }

    @Test
    void setsAsideADecisionUnderAnotherKeyThanItsTarget() {
        byte[] value = Json.bytes(decision("web-1", "ops:anna", "operator"));

        assertUnbelievable(
                gatekeeper.admit(record(
                        "d1", EventType.APPROVAL_DECISION, "web-2", value, "console", console.sign(TOPIC, value))),
                Category.BAD_SIGNATURE);
    }

    @Test
    void doesNotTakeADecisionForACancellation() {
        byte[] value = Json.bytes(decision("web-1", "ops:anna", "operator"));

        assertUnbelievable(
                gatekeeper.admit(record("d1", EventType.CANCEL, "web-1", value, "console", console.sign(TOPIC, value))),
                Category.INVALID_REQUEST);
    }

    private static ApprovalDecision decision(String target, String caller, String role) {
        return new ApprovalDecision(
                "d1",
                "ops-console",
                "op1",
                "gateway",
                target,
                "0".repeat(64),
                ApprovalDecision.Verdict.APPROVE,
                ApprovalDecision.Kind.DECISION,
                caller,
                Set.of(role),
                Optional.empty(),
                NOW);
    }

    @Test
    void doesNotTakeACommandForACancellationOrTheReverse() {
        byte[] value = Json.bytes(command().build());
        Received good = record(value, "gateway", gateway.sign(TOPIC, value));

        assertUnbelievable(gatekeeper.admit(with(good, "ce_type", EventType.CANCEL.type())), Category.INVALID_REQUEST);
        assertUnbelievable(gatekeeper.admit(with(good, "ce_type", EventType.RESULT.type())), Category.INVALID_REQUEST);
    }

    @Test
    void refusesADeadlineThatIsFurtherAheadThanTheLedgerCouldRemember() {
        assertThat(admit(
                        gateway,
                        command().deadline(NOW.plus(Duration.ofHours(24)).plusSeconds(60))))
                .isInstanceOf(Incoming.Admitted.class);

        Failure failure = assertRefused(
                admit(gateway, command().deadline(NOW.plus(Duration.ofHours(24)).plusSeconds(61))),
                Category.INVALID_REQUEST);
        assertThat(failure.message()).contains("24 hours");
        assertRefused(admit(gateway, command().deadline(Instant.MAX)), Category.INVALID_REQUEST);
    }

    @Test
    void refusesACommandFromTheFuture() {
        assertThat(admit(gateway, command().created(NOW.plusSeconds(60)))).isInstanceOf(Incoming.Admitted.class);

        Failure failure =
                assertRefused(admit(gateway, command().created(NOW.plusSeconds(61))), Category.INVALID_REQUEST);
        assertThat(failure.hint()).contains("clock");
    }

    @Test
    void leavesALateCommandToTheExecutorWhileTheLedgerRemembersAndBelievesItNotAfterThat() {
        Instant oldest = NOW.minus(Duration.ofDays(7));

        assertThat(admit(gateway, command().deadline(oldest))).isInstanceOf(Incoming.Admitted.class);
        Failure failure =
                assertUnbelievable(admit(gateway, command().deadline(oldest.minusMillis(1))), Category.EXPIRED);
        assertThat(failure.hint()).contains("new command");
        assertUnbelievable(admit(gateway, command().deadline(Instant.MIN)), Category.EXPIRED);
    }

    @Test
    void doesNotStartWithALimitThatTheLedgerCannotCover() {
        for (Duration longest :
                List.of(Duration.ZERO, Duration.ofHours(-1), Duration.ofDays(7).plusNanos(1))) {
            assertThatThrownBy(() -> new TimeLimits(longest, clock)).hasMessageContaining("longest-deadline");
        }
        assertThat(new TimeLimits(Duration.ofDays(7), clock).longest()).isEqualTo(Duration.ofDays(7));
    }

    private Incoming admit(SigningKey signer, Ask ask) {
        byte[] value = Json.bytes(ask.build());
        return gatekeeper.admit(
                record("1", EventType.COMMAND, ask.target, value, signer.id(), signer.sign(TOPIC, value)));
    }

    private static Failure assertUnbelievable(Incoming incoming, Category category) {
        assertThat(incoming).isInstanceOf(Incoming.Unbelievable.class);
        Failure failure = ((Incoming.Unbelievable) incoming).failure();
        assertThat(failure.category()).isEqualTo(category);
        return failure;
    }

    private static Failure assertRefused(Incoming incoming, Category category) {
        assertThat(incoming).isInstanceOf(Incoming.Refused.class);
        Failure failure = ((Incoming.Refused) incoming).failure();
        assertThat(failure.category()).isEqualTo(category);
        return failure;
    }

    private static Received record(byte[] value, String keyId, String signature) {
        return record("1", EventType.COMMAND, "localhost", value, keyId, signature);
    }

    private static Received record(
            String id, EventType type, String key, byte[] value, String keyId, String signature) {
        Map<String, String> headers = new HashMap<>();
        new Envelope(id, "/gateway", type, NOW)
                .headers()
                .forEach((name, bytes) -> headers.put(name, new String(bytes, UTF_8)));
        headers.put("keyid", keyId);
        headers.put("signature", signature);
        return new Received(TOPIC, partition(key), 0, key, value, headers);
    }

    private static Received with(Received record, String header, @Nullable String value) {
        Map<String, String> headers = new HashMap<>(record.headers());
        headers.remove(header);
        if (value != null) {
            headers.put(header, value);
        }
        return new Received(record.topic(), record.partition(), record.offset(), record.key(), record.value(), headers);
    }

    private static Received at(Received record, @Nullable String key, int partition) {
        return new Received(record.topic(), partition, record.offset(), key, record.value(), record.headers());
    }

    private static int partition(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % 8;
    }

    private static Host host(String name) {
        return new Host(
                name,
                List.of(name + ".example.com"),
                Optional.empty(),
                "infra",
                Path.of("key"),
                Path.of("known_hosts"),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private TrustedKey limited(List<String> tools, List<String> actions, List<String> targets) {
        return new TrustedKey(
                console.id(),
                "ops-console",
                TrustedKey.Kind.ISSUER,
                console.publicKey(),
                Optional.empty(),
                tools,
                actions,
                targets,
                List.of("reader", "operator"),
                List.of("ops:*"),
                Optional.empty(),
                Optional.empty());
    }

    private TrustedKey expired() {
        return new TrustedKey(
                retired.id(),
                "gateway",
                TrustedKey.Kind.ISSUER,
                retired.publicKey(),
                Optional.empty(),
                List.of("*"),
                List.of("*"),
                List.of("*"),
                List.of("operator"),
                List.of("*"),
                Optional.empty(),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
    }

    private static Ask command() {
        return new Ask();
    }

    /** A command that is right but for what a test says. */
    private static final class Ask {
        private String issuer = "gateway";
        private String tool = "fake_names";
        private String action = "add";
        private String target = "localhost";
        private String caller = "ops:anna";
        private String role = "operator";
        private Instant created = NOW;
        private Instant deadline = NOW.plusSeconds(60);

        Ask issuer(String name) {
            issuer = name;
            return this;
        }

        Ask tool(String name) {
            tool = name;
            return this;
        }

        Ask action(String name) {
            action = name;
            return this;
        }

        Ask target(String name) {
            target = name;
            return this;
        }

        Ask caller(String name) {
            caller = name;
            return this;
        }

        Ask role(String name) {
            role = name;
            return this;
        }

        Ask created(Instant at) {
            created = at;
            return this;
        }

        Ask deadline(Instant at) {
            deadline = at;
            return this;
        }

        Command build() {
            return new Command(
                    "1",
                    issuer,
                    tool,
                    action,
                    Json.object().put("action", action).set("names", Json.tree(List.of("nginx"))),
                    target,
                    caller,
                    Set.of(role),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    created,
                    deadline,
                    Optional.empty());
        }
    }
}
