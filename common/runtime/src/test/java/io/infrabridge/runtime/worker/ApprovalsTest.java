package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.ApprovalAnswered;
import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.ApprovalDecision.Kind;
import io.infrabridge.contract.ApprovalDecision.Verdict;
import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that wait for people, on a real broker: {@code key:test} asks, others decide. */
class ApprovalsTest {
    private static final String CALLER = "key:test";
    private static final String ONE = """
            approvals:
              - {name: names, actions: [add], roles: [admin], approvals: 1, other_person: true}
            """;
    private static final String TWO = """
            approvals:
              - {name: names, actions: [add], roles: [admin], approvals: 2, other_person: true}
            """;
    private static final String BRIEF = """
            approvals:
              - {name: names, actions: [add], roles: [admin], approvals: 1, expires: PT2S}
            """;

    private @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new Bench(folder);
        ask(ONE);
    }

    @AfterEach
    void stop() throws InterruptedException {
        bench.close();
    }

    @Test
    void showsTheExactPlanAndRunsNothingBeforeItIsApproved() {
        Command command = bench.command("add", "a", "b");
        bench.send(command);

        Operation waiting = bench.waiting(command);

        assertThat(waiting.state()).isEqualTo(State.AWAITING_APPROVAL);
        assertThat(waiting.steps())
                .extracting(StepReport::command)
                .containsExactly(marking(command), List.of("add", "a"), List.of("add", "b"));
        assertThat(waiting.steps()).allSatisfy(step -> assertThat(step.sudo()).isPresent());
        assertThat(waiting.steps().get(1).sudo()).contains("names belong to root");
        assertThat(waiting.steps().get(1).undo()).containsExactly(List.of("drop", "a"));
        assertThat(waiting.approval()).hasValueSatisfying(approval -> {
            assertThat(approval.rule()).isEqualTo("approval:names");
            assertThat(approval.roles()).containsExactly("admin");
            assertThat(approval.expiresAt()).isEqualTo(approval.requestedAt().plusSeconds(3600));
        });
        assertThat(bench.host.commands()).containsOnly("look");
    }

    @Test
    void runsThePlanOnceSomebodyElseHasApprovedIt() {
        Command command = bench.command("add", "a", "b");
        bench.send(command);
        ApprovalDecision decision = approve(bench.waiting(command), "key:bob");
        bench.send(decision);

        Operation result = bench.result(command);

        assertThat(result.state()).isEqualTo(State.SUCCEEDED);
        assertThat(result.changed()).contains(true);
        assertThat(result.approval().orElseThrow().decisions()).containsExactly(decision);
        assertThat(bench.answer(decision)).satisfies(answer -> {
            assertThat(answer.refusal()).isEmpty();
            assertThat(answer.state()).contains(State.RUNNING);
        });
        assertThat(changes()).containsExactly("add a", "add b");
    }

    @Test
    void leavesTheTargetToOthersWhileItWaits() {
        Command waiting = bench.command("add", "a");
        Command other = bench.command("append", "z");
        bench.send(waiting);
        bench.waiting(waiting);
        bench.send(other);

        assertThat(bench.result(other).state()).isEqualTo(State.SUCCEEDED);
        assertThat(changes()).containsExactly("add z");
    }

    @Test
    void answersADecisionOnAChangeWhoseArgumentsWereRefused() {
        Command refused = bench.command("add", "--force");
        bench.send(refused);
        assertThat(bench.result(refused).state()).isEqualTo(State.REJECTED);

        ApprovalDecision decision =
                decision(refused.id(), "0".repeat(64), Verdict.APPROVE, Kind.DECISION, "key:bob", "admin");
        bench.send(decision);

        assertThat(bench.answer(decision).refusal().orElseThrow().category()).isEqualTo(Category.CONFLICT);
        assertThat(bench.answer(decision).state()).contains(State.REJECTED);
    }

    @Test
    void voidsAnApprovalWhosePlanHasChanged() {
        Command command = bench.command("add", "a", "b");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        bench.host.names.add("a");
        bench.send(approve(waiting, "key:bob"));

        Operation result = bench.result(command);

        assertThat(result.state()).isEqualTo(State.REJECTED);
        assertThat(result.error().orElseThrow().category()).isEqualTo(Category.CONFLICT);
        assertThat(result.error().orElseThrow().message()).contains("plan has changed");
        assertThat(result.steps())
                .extracting(StepReport::command)
                .containsExactly(marking(command), List.of("add", "b"));
        assertThat(changes()).isEmpty();
    }

    @Test
    void endsWithTheDenierAndHisComment() {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        bench.send(decision(waiting, Verdict.DENY, Kind.DECISION, "key:bob", "admin"));

        Operation result = bench.result(command);

        assertThat(result.state()).isEqualTo(State.REJECTED);
        assertThat(result.error().orElseThrow().message()).contains("key:bob denied it: because");
        assertThat(result.approval().orElseThrow().decisions()).hasSize(1);
        assertThat(changes()).isEmpty();
    }

    @Test
    void expiresAtItsTime() throws Exception {
        ask(BRIEF);
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);

        Operation result = bench.result(command);
        bench.send(approve(waiting, "key:bob"));

        assertThat(result.state()).isEqualTo(State.REJECTED);
        assertThat(result.error().orElseThrow().category()).isEqualTo(Category.EXPIRED);
        assertThat(result.finishedAt().orElseThrow())
                .isAfterOrEqualTo(waiting.approval().orElseThrow().expiresAt());
        assertThat(changes()).isEmpty();
    }

    @Test
    void expiresUnderAnotherWorkerToo() throws Exception {
        ask(BRIEF);
        Command command = bench.command("add", "a");
        bench.send(command);
        bench.waiting(command);
        bench.restart();

        assertThat(bench.result(command).error().orElseThrow().category()).isEqualTo(Category.EXPIRED);
        assertThat(changes()).isEmpty();
    }

    @Test
    void refusesApprovalByItsOwnCaller() {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        ApprovalDecision own = approve(waiting, CALLER);
        bench.send(own);

        assertThat(bench.answer(own).refusal().orElseThrow().category()).isEqualTo(Category.FORBIDDEN);
        assertThat(bench.answer(own).state()).contains(State.AWAITING_APPROVAL);
        assertThat(changes()).isEmpty();
    }

    @Test
    void refusesWhoHasNotTheRole() {
        Command command = bench.command("add", "a");
        bench.send(command);
        ApprovalDecision decision =
                decision(bench.waiting(command), Verdict.APPROVE, Kind.DECISION, "key:bob", "operator");
        bench.send(decision);

        assertThat(bench.answer(decision).refusal().orElseThrow().hint()).contains("admin");
        assertThat(changes()).isEmpty();
    }

    @Test
    void needsTwoDifferentPersonsWhereTheRuleSaysSo() throws Exception {
        ask(TWO);
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        ApprovalDecision again = approve(waiting, "key:bob");
        bench.send(approve(waiting, "key:bob"));
        bench.send(again);

        assertThat(bench.answer(again).refusal().orElseThrow().category()).isEqualTo(Category.CONFLICT);
        assertThat(changes()).isEmpty();

        bench.send(approve(waiting, "key:carol"));

        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
        assertThat(changes()).containsExactly("add a");
    }

    @Test
    void countsARedeliveredDecisionOnceAndAnswersItAgain() throws Exception {
        ask(TWO);
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        ApprovalDecision first = approve(waiting, "key:bob");
        ApprovalDecision last = approve(waiting, "key:carol");
        bench.send(first);
        bench.send(first);
        bench.waiting(command, 1);
        assertThat(changes()).isEmpty();
        bench.send(last);
        bench.result(command);
        bench.send(last);
        // another command on the target shows that the replay was dealt with
        Command next = bench.command("append", "z");
        bench.send(next);
        bench.result(next);

        assertThat(changes()).containsExactly("add a", "add z");
        assertThat(bench.answer(last).refusal()).isEmpty();
    }

    @Test
    void neverTakesConsentForTheSecondPerson() {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        ApprovalDecision consent = decision(waiting, Verdict.APPROVE, Kind.CONSENT, CALLER, "admin");
        bench.send(consent);

        assertThat(bench.answer(consent)).satisfies(answer -> {
            assertThat(answer.refusal()).isEmpty();
            assertThat(answer.state()).contains(State.AWAITING_APPROVAL);
        });
        assertThat(changes()).isEmpty();

        bench.send(approve(waiting, "key:bob"));
        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void runsNothingInAFreezeThatBeganWhileItWaited() throws Exception {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        ask(ONE + """
                freezes:
                  - {name: year-end, from: 2020-01-01T00:00:00Z, to: 2100-01-01T00:00:00Z}
                """);
        bench.send(approve(waiting, "key:bob"));

        Operation result = bench.result(command);

        assertThat(result.state()).isEqualTo(State.REJECTED);
        assertThat(result.error().orElseThrow().message()).contains("freeze year-end");
        assertThat(changes()).isEmpty();
    }

    @Test
    void goesOnWaitingUnderAStricterRule() throws Exception {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        ask(TWO);
        bench.send(approve(waiting, "key:bob"));

        assertThat(bench.waiting(command, 1).approval().orElseThrow().approvals())
                .isEqualTo(2);
        assertThat(changes()).isEmpty();

        bench.send(approve(waiting, "key:carol"));
        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void goesOnWaitingAfterARestart() throws Exception {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        bench.restart();
        bench.send(approve(waiting, "key:bob"));

        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
        assertThat(changes()).containsExactly("add a");
    }

    @Test
    void isRunOnceByTheReplicaThatOwnsItsPartition() throws Exception {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        bench.handOver();
        bench.send(approve(waiting, "key:bob"));

        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
        assertThat(changes()).containsExactly("add a");
    }

    @Test
    void setsAsideADecisionWhoseKeyMayNotAssertTheRole() {
        Command command = bench.command("add", "a");
        bench.send(command);
        ApprovalDecision decision = by("clerk", bench.waiting(command), "key:bob");
        bench.send(decision, bench.clerk);

        assertThat(bench.deadLetter(letter -> letter.headers().get("ce_id").equals(decision.id()))
                        .failure()
                        .category())
                .isEqualTo(Category.FORBIDDEN);
        assertThat(changes()).isEmpty();
    }

    @Test
    void answersADecisionOnWhatDoesNotWait() {
        Command command = bench.command("append", "a");
        bench.send(command);
        bench.result(command);
        ApprovalDecision late = decision(command.id(), "0".repeat(64), Verdict.APPROVE, Kind.DECISION, "key:bob");
        ApprovalDecision unknown = decision("nobody", "0".repeat(64), Verdict.APPROVE, Kind.DECISION, "key:bob");
        bench.send(late);
        bench.send(unknown);

        assertThat(bench.answer(late)).satisfies(answer -> {
            assertThat(answer.state()).contains(State.SUCCEEDED);
            assertThat(answer.refusal().orElseThrow().category()).isEqualTo(Category.CONFLICT);
        });
        assertThat(bench.answer(unknown).refusal().orElseThrow().category()).isEqualTo(Category.NOT_FOUND);
    }

    @Test
    void refusesADecisionAboutAnotherPlan() {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        ApprovalDecision other =
                decision(command.id(), "0".repeat(64), Verdict.APPROVE, Kind.DECISION, "key:bob", "admin");
        bench.send(other);

        ApprovalAnswered answer = bench.answer(other);

        assertThat(answer.refusal().orElseThrow().hint())
                .contains(waiting.approval().orElseThrow().planHash());
        assertThat(changes()).isEmpty();
    }

    @Test
    void waitsForNobodyWhereNothingIsToBeDone() {
        bench.host.names.add("a");
        Command command = bench.command("add", "a");
        bench.send(command);

        Operation result = bench.result(command);

        assertThat(result.state()).isEqualTo(State.SUCCEEDED);
        assertThat(result.changed()).contains(false);
        assertThat(result.approval()).isEmpty();
    }

    @Test
    void endsAtOnceWhereThePlanIsRefused() {
        Command command = bench.command("add", "forbidden");
        bench.send(command);

        assertThat(bench.result(command).error().orElseThrow().category()).isEqualTo(Category.PRECONDITION_FAILED);
    }

    @Test
    void needsNoApprovalForADryRun() {
        Command command =
                bench.command("add", Set.of("operator"), true, Instant.now().plusSeconds(60), "a");
        bench.send(command);

        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
        assertThat(changes()).isEmpty();
    }

    @Test
    void isCancelledWhileItWaits() {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        bench.send(new Cancel(
                UUID.randomUUID().toString(),
                "gateway",
                command.id(),
                "gateway",
                "localhost",
                CALLER,
                Set.of("operator"),
                Optional.empty(),
                Instant.now()));

        assertThat(bench.result(command).state()).isEqualTo(State.CANCELLED);
        ApprovalDecision late = approve(waiting, "key:bob");
        bench.send(late);
        assertThat(bench.answer(late).refusal()).isPresent();
        assertThat(changes()).isEmpty();
    }

    @Test
    void hasItsWholeRunTimeOnceItIsApproved() {
        Instant deadline = Instant.now().plusSeconds(5);
        Command command = bench.command("add", Set.of("operator"), false, deadline, "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        Command marker = bench.command("append", Set.of("operator"), true, deadline.plusSeconds(60), "z");
        while (Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        bench.send(marker);
        bench.result(marker);
        bench.send(approve(waiting, "key:bob"));

        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void waitsOnceHoweverOftenItsCommandComes() {
        Command command = bench.command("add", "a");
        bench.send(command);
        Operation waiting = bench.waiting(command);
        bench.send(command);
        bench.send(approve(waiting, "key:bob"));

        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
        assertThat(changes()).containsExactly("add a");
    }

    private void ask(String approvals) throws IOException, InterruptedException {
        bench.rules(approvals);
        bench.restart();
    }

    private static List<String> marking(Command command) {
        return List.of("mkdir", "-p", "--", "/run/infrabridge/running/" + command.id());
    }

    private List<String> changes() {
        return bench.host.commands().stream()
                .filter(command -> !command.equals("look"))
                .toList();
    }

    private static ApprovalDecision approve(Operation waiting, String caller) {
        return decision(waiting, Verdict.APPROVE, Kind.DECISION, caller, "admin");
    }

    private static ApprovalDecision decision(
            Operation waiting, Verdict verdict, Kind kind, String caller, String... roles) {
        return decision(waiting.id(), waiting.approval().orElseThrow().planHash(), verdict, kind, caller, roles);
    }

    private static ApprovalDecision decision(
            String id, String hash, Verdict verdict, Kind kind, String caller, String... roles) {
        return decision("gateway", id, hash, verdict, kind, caller, roles);
    }

    private static ApprovalDecision by(String issuer, Operation waiting, String caller) {
        String hash = waiting.approval().orElseThrow().planHash();
        return decision(issuer, waiting.id(), hash, Verdict.APPROVE, Kind.DECISION, caller, "admin");
    }

    private static ApprovalDecision decision(
            String issuer, String id, String hash, Verdict verdict, Kind kind, String caller, String... roles) {
        return new ApprovalDecision(
                UUID.randomUUID().toString(),
                issuer,
                id,
                "gateway",
                "localhost",
                hash,
                verdict,
                kind,
                caller,
                Set.of(roles),
                Optional.of("because"),
                Instant.now());
    }
}
