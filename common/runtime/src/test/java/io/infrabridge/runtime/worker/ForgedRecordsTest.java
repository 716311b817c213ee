package io.infrabridge.runtime.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.trust.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write to the topic of a worker, on a real broker, can make it do nothing that an issuer has not signed. */
class ForgedRecordsTest {
    private @TempDir Path folder;
    private Bench bench;
    private String topic;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
        topic = Topics.commands(bench.domain);
    }

    @AfterEach
    void stop() throws InterruptedException {
        bench.close();
    }

    @Test
    void setsAsideEverythingThatIsForgedWithTheReasonAndExecutesOnlyWhatFollows() {
        Map<String, Category> sent = new HashMap<>();
        sent.put(unsigned(), Category.BAD_SIGNATURE);
        sent.put(altered(), Category.BAD_SIGNATURE);
        sent.put(alteredSignature(), Category.BAD_SIGNATURE);
        sent.put(signedBy(SigningKey.generate("gateway")), Category.BAD_SIGNATURE);
        sent.put(signedBy(SigningKey.generate("nobody")), Category.BAD_SIGNATURE);
        sent.put(signedForAnotherTopic(), Category.BAD_SIGNATURE);
        sent.put(underAnotherKey(), Category.BAD_SIGNATURE);
        sent.put(underAnotherId(), Category.BAD_SIGNATURE);
        sent.put(ofAnotherIssuer(), Category.BAD_SIGNATURE);
        sent.put(signedBy(bench.own()), Category.FORBIDDEN);
        sent.put(asACancellation(), Category.INVALID_REQUEST);
        sent.put(forgottenLongAgo(), Category.EXPIRED);
        Command honest = bench.command("add", "honest");
        bench.send(honest);

        assertThat(bench.result(honest).state()).isEqualTo(State.SUCCEEDED);
        assertThat(bench.host.names).containsExactly("honest");
        sent.forEach((id, category) -> {
            DeadLetter letter =
                    bench.deadLetter(found -> id.equals(found.headers().get("x-test")));
            assertThat(letter.failure().category())
                    .as(letter.failure().message())
                    .isEqualTo(category);
            assertThat(letter.failure().hint()).isNotBlank();
            assertThat(letter.topic()).isEqualTo(topic);
            assertThat(Base64.getDecoder().decode(letter.value())).isNotEmpty();
        });
    }

    @Test
    void doesNotExecuteACopyOfAChangeInAnyOtherPartition() {
        Command command = bench.command("append", "once");
        byte[] value = Json.bytes(command);
        bench.send(command);
        bench.result(command);
        for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
            bench.send(partition, command.id(), EventType.COMMAND, value, bench.gateway);
        }

        // one of them is the original's own partition, where the ledger answers
        assertThat(bench.results(command, 2)).hasSize(2);
        for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
            int other = partition;
            if (other != Bench.partition("localhost")) {
                assertThat(bench.deadLetter(letter -> letter.partition() == other)
                                .failure()
                                .message())
                        .contains("partition");
            }
        }
        assertThat(bench.host.commands()).containsOnlyOnce("add once");
    }

    @Test
    void answersAReplayedChangeWithTheVeryResultOfTheFirstAndStartsNothing() {
        Command command = bench.command("append", "once");
        bench.send(command);
        bench.result(command);
        int started = bench.host.commands().size();

        bench.send(command);
        bench.send(command);

        List<ConsumerRecord<String, byte[]>> results = bench.results(command, 3);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.value()).isEqualTo(results.get(0).value());
            assertThat(result.headers().lastHeader("ce_id").value())
                    .isEqualTo(results.get(0).headers().lastHeader("ce_id").value());
        });
        assertThat(bench.host.commands()).hasSize(started);
    }

    @Test
    void doesNotExecuteAChangeThatWasRefusedWhenItIsReplayedAfterThePolicyAllowsIt() throws Exception {
        Command refused =
                bench.command("add", Set.of("reader"), false, Instant.now().plusSeconds(60), "once");
        bench.send(refused);
        assertThat(bench.result(refused).state()).isEqualTo(State.REJECTED);

        bench.policy("roles: [{name: reader, risks: [READ, CHANGE]}, {name: operator, risks: [READ, CHANGE]}]");
        bench.configurationNews(HealthEvent.Status.HEALTHY);
        bench.send(refused);

        List<ConsumerRecord<String, byte[]>> results = bench.results(refused, 2);
        assertThat(results.get(0).value()).isEqualTo(results.get(1).value());
        assertThat(bench.host.names).doesNotContain("once");
    }

    @Test
    void runsNoReadOrRehearsalAfterItsDeadline() {
        Command late =
                bench.command("add", Set.of("operator"), true, Instant.now().minusSeconds(5), "late");
        bench.send(late);

        assertThat(bench.result(late).state()).isEqualTo(State.TIMED_OUT);
        assertThat(bench.host.commands()).isEmpty();
    }

    @Test
    void refusesADeadlineBeyondWhatItRemembersAndTellsTheCaller() {
        Command endless =
                bench.command("add", Set.of("operator"), false, Instant.now().plus(Duration.ofHours(25)), "a");
        bench.send(endless);

        Operation result = bench.result(endless);

        assertThat(result.state()).isEqualTo(State.REJECTED);
        assertThat(result.error().orElseThrow().message()).contains("24 hours");
        assertThat(bench.host.commands()).isEmpty();
    }

    @Test
    void believesAKeyNoMoreOnceItIsTakenOutOfTheTrustFileAndBelievesTheNextOne() throws Exception {
        SigningKey next = SigningKey.generate("gateway-2");
        bench.trust(next);
        bench.configurationNews(HealthEvent.Status.HEALTHY);
        Command command = bench.command("add", "of-the-next");
        bench.send(command, next);
        Command old = bench.command("add", "of-the-old");
        bench.send(old);

        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
        assertThat(bench.deadLetter(letter -> old.id().equals(letter.headers().get("ce_id")))
                        .failure()
                        .message())
                .contains("No key");
        assertThat(bench.host.names).doesNotContain("of-the-old");
    }

    private String unsigned() {
        Command command = bench.command("add", "evil");
        return marked(command.id(), EventType.COMMAND, Json.bytes(command), Map.of(), "localhost");
    }

    private String altered() {
        Command command = bench.command("add", "good");
        byte[] value = Json.bytes(command);
        String signature = bench.gateway.sign(topic, value);
        byte[] evil = new String(value, UTF_8).replace("good", "evil").getBytes(UTF_8);
        return marked(command.id(), EventType.COMMAND, evil, signed("gateway", signature), "localhost");
    }

    private String alteredSignature() {
        Command command = bench.command("add", "evil");
        byte[] value = Json.bytes(command);
        String signature = bench.gateway.sign(topic, value);
        String other = (signature.startsWith("A") ? "B" : "A") + signature.substring(1);
        return marked(command.id(), EventType.COMMAND, value, signed("gateway", other), "localhost");
    }

    private String signedBy(SigningKey key) {
        Command command = bench.command("add", "evil");
        byte[] value = Json.bytes(command);
        return marked(command.id(), EventType.COMMAND, value, signed(key.id(), key.sign(topic, value)), "localhost");
    }

    private String signedForAnotherTopic() {
        Command command = bench.command("add", "evil");
        byte[] value = Json.bytes(command);
        String elsewhere = bench.gateway.sign("infra.commands.other", value);
        return marked(command.id(), EventType.COMMAND, value, signed("gateway", elsewhere), "localhost");
    }

    private String underAnotherKey() {
        Command command = bench.command("add", "evil");
        byte[] value = Json.bytes(command);
        String signature = bench.gateway.sign(topic, value);
        return marked(command.id(), EventType.COMMAND, value, signed("gateway", signature), "otherhost");
    }

    private String underAnotherId() {
        byte[] value = Json.bytes(bench.command("add", "evil"));
        String signature = bench.gateway.sign(topic, value);
        return marked("another", EventType.COMMAND, value, signed("gateway", signature), "localhost");
    }

    private String ofAnotherIssuer() {
        Command command = bench.command("add", "evil");
        byte[] value = new String(Json.bytes(command), UTF_8)
                .replace("\"issuer\":\"gateway\"", "\"issuer\":\"console\"")
                .getBytes(UTF_8);
        return marked(
                command.id(),
                EventType.COMMAND,
                value,
                signed("gateway", bench.gateway.sign(topic, value)),
                "localhost");
    }

    private String asACancellation() {
        Command command = bench.command("add", "evil");
        byte[] value = Json.bytes(command);
        String signature = bench.gateway.sign(topic, value);
        return marked(command.id(), EventType.CANCEL, value, signed("gateway", signature), "localhost");
    }

    private String forgottenLongAgo() {
        Command command =
                bench.command("add", Set.of("operator"), false, Instant.now().minus(Duration.ofDays(30)), "evil");
        byte[] value = Json.bytes(command);
        return marked(
                command.id(),
                EventType.COMMAND,
                value,
                signed("gateway", bench.gateway.sign(topic, value)),
                "localhost");
    }

    private String marked(String id, EventType type, byte[] value, Map<String, String> headers, String key) {
        String mark = UUID.randomUUID().toString();
        Map<String, String> all = new HashMap<>(headers);
        all.put("x-test", mark);
        bench.send(id, type, value, all, key);
        return mark;
    }

    private static Map<String, String> signed(String keyId, String signature) {
        return Map.of("keyid", keyId, "signature", signature);
    }

    @Test
    void doesNotStopAnOperationForACancellationThatNobodySigned() {
        Cancel cancel = new Cancel(
                UUID.randomUUID().toString(),
                "gateway",
                "op",
                "gateway",
                "localhost",
                "key:test",
                Set.of("admin"),
                Optional.empty(),
                Instant.now());
        String mark = marked(cancel.id(), EventType.CANCEL, Json.bytes(cancel), Map.of(), "localhost");

        assertThat(bench.deadLetter(letter -> mark.equals(letter.headers().get("x-test")))
                        .failure()
                        .category())
                .isEqualTo(Category.BAD_SIGNATURE);
    }
}
