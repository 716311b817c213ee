package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.PolicyVerdict;
import io.infrabridge.contract.Reservation;
import io.infrabridge.contract.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits and quotas on a real broker. */
class AllowancesTest {
    private @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        bench.close();
    }

    @Test
    void twoWorkersTogetherRunExactlyWhatTheLimitOfTheirDomainAllows() throws IOException {
        rules("limits: [{name: changes, per: domain, risks: [CHANGE], operations: 10, period: " + longPeriod() + "}]");
        bench.startBeside();
        List<Command> commands = changes(30);
        commands.forEach(bench::sendToTarget);

        List<Operation> results = bench.results(commands);

        assertThat(results)
                .filteredOn(result -> result.state() == State.SUCCEEDED)
                .hasSize(10);
        assertThat(results)
                .filteredOn(result -> result.state() == State.SUCCEEDED)
                .extracting(result -> result.worker().orElseThrow())
                .hasSizeGreaterThan(1);
        assertThat(results)
                .filteredOn(result -> result.state() == State.REJECTED)
                .hasSize(20)
                .allSatisfy(AllowancesTest::assertSaysWhenToComeAgain);
        assertThat(bench.host.commands())
                .filteredOn(command -> command.startsWith("add"))
                .hasSize(10);
    }

    @Test
    void aQuotaIsCountedAnewFromTheLogAfterARestartAndAReplayIsNotCharged() throws Exception {
        rules("quotas: [{name: daily, per: caller, risks: [READ], operations: 3, zone: \"" + aroundNoon() + "\"}]");
        Command first = look();
        bench.sendToTarget(first);
        assertThat(bench.results(first, 1)).hasSize(1);
        bench.sendToTarget(first);
        assertThat(bench.results(first, 2)).hasSize(2);
        assertThat(stateOf(look())).isEqualTo(State.SUCCEEDED);

        bench.restart();

        assertThat(stateOf(look())).isEqualTo(State.SUCCEEDED);
        Command fourth = look();
        bench.sendToTarget(fourth);
        Operation refused = bench.result(fourth);
        assertThat(refused.state()).isEqualTo(State.REJECTED);
        assertThat(refused.policy()).map(PolicyVerdict::rule).contains("quota:daily");
    }

    @Test
    void aReservationThatNoWorkerOfTheDomainSignedCountsNothing() throws IOException {
        String period = longPeriod();
        rules("limits: [{name: one, per: domain, risks: [CHANGE], operations: 1, period: " + period + "}]");
        bench.reserve(
                new Reservation(
                        "gateway/forged",
                        bench.domain.name(),
                        List.of(new Reservation.Charge("limit:one", "limit:one/" + bench.domain, 1, period))),
                bench.gateway);

        List<Command> commands = changes(2);
        commands.forEach(bench::sendToTarget);

        assertThat(bench.results(commands))
                .extracting(Operation::state)
                .containsExactlyInAnyOrder(State.SUCCEEDED, State.REJECTED);
    }

    @Test
    void aTargetHasALimitOfItsOwn() throws IOException {
        rules("limits: [{name: gentle, per: target, risks: [CHANGE], operations: 2, period: PT24H}]");
        List<Command> busy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            busy.add(bench.on("t1", bench.command("append", "n" + i)));
        }
        busy.forEach(bench::sendToTarget);
        List<Operation> results = bench.results(busy);

        assertThat(results)
                .filteredOn(result -> result.state() == State.SUCCEEDED)
                .hasSize(2);
        assertThat(results)
                .filteredOn(result -> result.state() == State.REJECTED)
                .hasSize(2)
                .allSatisfy(AllowancesTest::assertSaysWhenToComeAgain);
        Command elsewhere = bench.on("t2", bench.command("append", "other"));
        bench.sendToTarget(elsewhere);
        assertThat(bench.result(elsewhere).state()).isEqualTo(State.SUCCEEDED);
    }

    private static void assertSaysWhenToComeAgain(Operation refused) {
        assertThat(refused.error().orElseThrow().category()).isEqualTo(Category.RATE_LIMITED);
        assertThat(refused.error().orElseThrow().hint()).matches("Ask again in [1-9][0-9]* seconds\\.");
        assertThat(refused.policy().orElseThrow().rule()).startsWith("limit:");
        assertThat(refused.policy().orElseThrow().retryAt())
                .hasValueSatisfying(at -> assertThat(at).isAfter(refused.createdAt()));
    }

    private void rules(String rules) throws IOException {
        bench.rules(rules);
        bench.configurationNews(HealthEvent.Status.HEALTHY);
    }

    private List<Command> changes(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> bench.on("t" + number, bench.command("append", "n" + number)))
                .toList();
    }

    private Command look() {
        return bench.on(
                "t3",
                bench.command("add", Set.of("operator"), true, Instant.now().plusSeconds(60), "a"));
    }

    private State stateOf(Command command) {
        bench.sendToTarget(command);
        return bench.result(command).state();
    }

    /** A period that does not end while the test runs. */
    private static String longPeriod() {
        long now = Instant.now().getEpochSecond();
        int hours = IntStream.of(24, 23, 19)
                .filter(one -> now % (one * 3600L) < (one - 1) * 3600L)
                .findFirst()
                .orElseThrow();
        return "PT" + hours + "H";
    }

    /** A zone in which the day does not end while the test runs. */
    private static String aroundNoon() {
        return ZoneOffset.ofHours(12 - Instant.now().atOffset(ZoneOffset.UTC).getHour())
                .getId();
    }
}
