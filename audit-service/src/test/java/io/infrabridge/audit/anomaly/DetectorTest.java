package io.infrabridge.audit.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetectorTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Burst refusals = Burst.refusals(3, MINUTE, 100);
    private final NewTargets targets = new NewTargets(Duration.ofHours(1), 5, 100);

    @Test
    void tellsOfRepeatedRefusalsOnce() {
        assertThat(refusals.see(refusal("alice", 0))).isEmpty();
        assertThat(refusals.see(refusal("alice", 1))).isEmpty();

        Anomaly anomaly = refusals.see(refusal("alice", 2)).orElseThrow();

        assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.REPEATED_REFUSALS);
        assertThat(anomaly.caller()).isEqualTo("alice");
        assertThat(anomaly.message()).contains("alice", "3 refused requests", "60 s", "app1");
        assertThat(refusals.see(refusal("alice", 3))).isEmpty();
        assertThat(refusals.see(refusal("alice", 4))).isEmpty();
    }

    @Test
    void tellsAgainAfterItWasQuiet() {
        for (int second = 0; second < 5; second++) {
            refusals.see(refusal("alice", second));
        }

        assertThat(refusals.see(refusal("alice", 200))).isEmpty();
        assertThat(refusals.see(refusal("alice", 201))).isEmpty();
        assertThat(refusals.see(refusal("alice", 202))).isPresent();
    }

    @Test
    void doesNotAddUpWhatIsFarApartOrOfSeveralCallers() {
        for (int i = 0; i < 20; i++) {
            assertThat(refusals.see(refusal("alice", i * 31))).isEmpty();
            assertThat(refusals.see(refusal("caller-" + i, 0))).isEmpty();
            assertThat(refusals.see(request("alice", "app1", i))).isEmpty();
        }
    }

    @Test
    void aLateDeedDoesNotEndTheWindow() {
        refusals.see(refusal("alice", 100));
        refusals.see(refusal("alice", 95));

        assertThat(refusals.see(refusal("alice", 101))).isPresent();
    }

    @Test
    void tellsOfABurstOfDestructiveRequests() {
        Burst destruction = Burst.destruction(2, MINUTE, 100);

        assertThat(destruction.see(Deed.request("alice", "app1", true, START))).isEmpty();
        assertThat(destruction.see(request("alice", "app1", 1))).isEmpty();
        assertThat(destruction.see(Deed.request("alice", "app2", true, START.plusSeconds(2))))
                .map(Anomaly::kind)
                .contains(Anomaly.Kind.DESTRUCTIVE_BURST);
    }

    @Test
    void nothingIsStrikingWhileACallerIsNew() {
        for (int i = 0; i < 200; i++) {
            assertThat(targets.see(request("alice", "app" + i, i))).isEmpty();
        }
    }

    @Test
    void tellsOfANewTargetOfACallerThatIsKnown() {
        learn("alice");

        Anomaly anomaly = targets.see(request("alice", "db1", 3601)).orElseThrow();

        assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.NEW_TARGET);
        assertThat(anomaly.target()).isEqualTo("db1");
        assertThat(anomaly.message()).contains("alice", "db1");
        assertThat(targets.see(request("alice", "db1", 3602))).isEmpty();
        assertThat(targets.see(request("alice", "app1", 3603))).isEmpty();
    }

    @Test
    void whoHasMadeFewRequestsIsNotKnownHoweverLongAgoTheyWere() {
        for (int i = 0; i < 5; i++) {
            assertThat(targets.see(request("alice", "app" + i, i * 86_400))).isEmpty();
        }
        assertThat(targets.see(request("alice", "another", 6 * 86_400))).isPresent();
    }

    @Test
    void aRefusedRequestTeachesNothing() {
        learn("alice");

        assertThat(targets.see(Deed.refusal("alice", "db1", START.plusSeconds(4000))))
                .isEmpty();
        assertThat(targets.see(request("alice", "db1", 4001))).isPresent();
    }

    @Test
    void whoUsesEverythingSurprisesNobodyAndCostsNoMoreMemory() {
        learn("robot");
        for (int i = 0; i < 3000; i++) {
            targets.see(request("robot", "host-" + i, 4000 + i));
        }

        assertThat(targets.see(request("robot", "yet another", 9000))).isEmpty();
    }

    @Test
    void remembersABoundedNumberOfCallersAndTheLatestOfThem() {
        Callers<String> callers = new Callers<>(2);
        callers.of("a", () -> "first");
        callers.of("b", () -> "first");
        callers.of("a", () -> "second");
        callers.of("c", () -> "first");

        assertThat(callers.size()).isEqualTo(2);
        assertThat(callers.of("a", () -> "forgotten")).isEqualTo("first");
        assertThat(callers.of("b", () -> "forgotten")).isEqualTo("forgotten");
    }

    private void learn(String caller) {
        for (int i = 0; i < 5; i++) {
            assertThat(targets.see(request(caller, "app1", i))).isEqualTo(Optional.empty());
        }
    }

    private static Deed refusal(String caller, int second) {
        return Deed.refusal(caller, "app1", START.plusSeconds(second));
    }

    private static Deed request(String caller, String target, int second) {
        return Deed.request(caller, target, false, START.plusSeconds(second));
    }
}
