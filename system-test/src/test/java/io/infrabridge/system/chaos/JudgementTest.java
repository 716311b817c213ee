package io.infrabridge.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judgement itself: it sees each kind of defect, and none where there is none. */
class JudgementTest {
    private static final String ID = "op-1";

    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private final Findings findings = new Findings();
    private final Map<String, JsonNode> ends = new HashMap<>();
    private final Map<String, List<Bus.Message>> results = new HashMap<>();
    private SimulatedHost host;

    @BeforeEach
    void startHost() {
        host = SimulatedHost.start("host", true, 1, time);
    }

    @AfterEach
    void stopHost() throws IOException {
        host.close();
        time.shutdownNow();
    }

    @Test
    void findsNothingWrongWithWhatHappenedOnceAndIsToldSo() {
        Undertaking restart = undertaking(Undertaking.Kind.RESTART);
        host.state().activate(restart.subject(), true, "restart");
        told(State.SUCCEEDED);
        judge(accepted(restart));
        assertThat(findings.none()).as(findings.toString()).isTrue();
    }

    @Test
    void findsARestartThatRanTwice() {
        Undertaking restart = undertaking(Undertaking.Kind.RESTART);
        host.state().activate(restart.subject(), true, "restart");
        host.state().activate(restart.subject(), true, "restart");
        told(State.INDETERMINATE);
        judge(accepted(restart));
        assertThat(findings.toString()).contains("ran 2 times");
    }

    @Test
    void findsARestartThatIsToldAsNotRun() {
        Undertaking restart = undertaking(Undertaking.Kind.RESTART);
        host.state().activate(restart.subject(), true, "restart");
        told(State.TIMED_OUT);
        judge(accepted(restart));
        assertThat(findings.toString()).contains("is TIMED_OUT, but on the host");
    }

    @Test
    void findsAChangeThatIsToldAsMadeAndWasNot() {
        Undertaking start = undertaking(Undertaking.Kind.START);
        told(State.SUCCEEDED);
        judge(accepted(start));
        assertThat(findings.toString()).contains("is SUCCEEDED, but on the host");
    }

    @Test
    void findsAHalfState() {
        Undertaking mount = undertaking(Undertaking.Kind.MOUNT);
        host.state().makeFolder(mount.subject());
        told(State.ROLLED_BACK);
        judge(accepted(mount));
        assertThat(findings.toString()).contains("is ROLLED_BACK, but on the host");
    }

    @Test
    void findsAnOperationWithoutAnEnd() {
        ends.put(ID, Json.object().put("state", "RUNNING"));
        judge(accepted(undertaking(Undertaking.Kind.START)));
        assertThat(findings.toString()).contains("has no end");
    }

    @Test
    void findsTwoDifferentResultsOfAChangeButTakesTheFirstOfARead() {
        told(State.SUCCEEDED);
        results.put(ID, List.of(result(State.SUCCEEDED, "first"), result(State.SUCCEEDED, "second")));
        judge(accepted(undertaking(Undertaking.Kind.STATUS)));
        assertThat(findings.none()).as(findings.toString()).isTrue();
        Undertaking start = undertaking(Undertaking.Kind.START);
        host.state().activate(start.subject(), true, "start");
        judge(accepted(start));
        assertThat(findings.toString()).contains("has different results");
    }

    @Test
    void findsAnotherStateOnTheTopicThanAClientSees() {
        told(State.SUCCEEDED);
        results.put(ID, List.of(result(State.TIMED_OUT, "late"), result(State.SUCCEEDED, "second")));
        judge(accepted(undertaking(Undertaking.Kind.STATUS)));
        assertThat(findings.toString()).contains("a client sees SUCCEEDED, the first result says TIMED_OUT");
    }

    @Test
    void findsAnEffectAfterTheEnd() {
        Undertaking restart = undertaking(Undertaking.Kind.RESTART);
        told(State.INDETERMINATE);
        ((ObjectNode) ends.get(ID))
                .put("finished_at", Instant.now().minusSeconds(1).toString());
        host.state().activate(restart.subject(), true, "restart");
        judge(accepted(restart));
        assertThat(findings.toString()).contains("after its end");
    }

    @Test
    void findsAnEffectOfARequestThatWasAlwaysRefused() {
        Undertaking start = undertaking(Undertaking.Kind.START);
        host.state().activate(start.subject(), true, "start");
        Fate refused = new Fate(start, "a client");
        refused.heard(new Door.Refused("BUS_UNAVAILABLE"));
        judge(refused);
        assertThat(findings.toString()).contains("every attempt was refused, and yet");
    }

    @Test
    void findsTwoOperationsOfOneKeyAndAnswersThatNobodyShouldGet() {
        Undertaking start = undertaking(Undertaking.Kind.START);
        host.state().activate(start.subject(), true, "start");
        told(State.SUCCEEDED);
        Fate fate = accepted(start);
        fate.heard(new Door.Accepted("op-2"));
        fate.heard(new Door.Wrong("500"));
        judge(fate);
        assertThat(findings.toString()).contains("several operations").contains("should be answered 500");
    }

    private void judge(Fate fate) {
        new Judgement(ends, results, findings).of(fate);
    }

    private Undertaking undertaking(Undertaking.Kind kind) {
        return new Undertaking(1, kind, host);
    }

    private static Fate accepted(Undertaking what) {
        Fate fate = new Fate(what, "a client");
        fate.heard(new Door.Accepted(ID));
        return fate;
    }

    /** A client and the topic say the same. */
    private void told(State state) {
        ends.put(
                ID,
                Json.object()
                        .put("state", state.name())
                        .put("finished_at", Instant.now().plusSeconds(60).toString()));
        results.put(ID, List.of(result(state, "only")));
    }

    private static Bus.Message result(State state, String word) {
        return new Bus.Message(
                Topics.RESULTS,
                ID,
                ID + ":result",
                "io.infrabridge.result.v1",
                Json.bytes(Json.object().put("state", state.name()).put("word", word)));
    }
}
