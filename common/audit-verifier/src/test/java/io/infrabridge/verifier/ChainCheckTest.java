package io.infrabridge.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.AuditCheckpoint;
import io.infrabridge.contract.AuditCheckpoint.Head;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.verifier.Problem.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainCheckTest {
    /** Lines: 0 a1, 1 b1, 2 a2, 3 b2, 4 a3, 5 b3, 6 checkpoint 1, 7 a4, 8 b4, 9 a5, 10 b5, 11 a6, 12 b6, 13 checkpoint 2. */
    private final TrailOf trail = TrailOf.two();

    @Test
    void verifiesAWholeTrailAndSaysHowFarItIsSealed() {
        trail.record("a");

        Verdict verdict = trail.check();

        assertThat(verdict.firstProblem()).isEmpty();
        assertThat(verdict.verified()).isTrue();
        assertThat(verdict.records()).isEqualTo(13);
        assertThat(verdict.checkpoints()).isEqualTo(2);
        assertThat(verdict.chains())
                .containsExactly(
                        new Verdict.CheckedChain(
                                "a", 1, 7, trail.heads.get("a").hash(), true, Optional.of(2L), Optional.of(6L)),
                        new Verdict.CheckedChain(
                                "b", 1, 6, trail.heads.get("b").hash(), true, Optional.of(2L), Optional.of(6L)));
    }

    @Test
    void namesAnAlteredRecord() {
        trail.alter(7, false);

        expect(Kind.ALTERED, "a", 4, trail.at(7).number());
    }

    @Test
    void namesAnAlteredRecordThatWasHashedAnew() {
        trail.alter(7, true);

        expect(Kind.ALTERED, "a", 4, trail.at(7).number());
    }

    @Test
    void namesTheLastRecordOfACheckpointThoughAllBehindItWasHashedAnew() {
        trail.lines.subList(7, trail.lines.size()).clear();
        trail.alter(4, true);
        trail.heads.put("a", new Head("a", 3, trail.at(4).hash()));

        expect(Kind.ALTERED, "a", 3, trail.at(4).number());
    }

    @Test
    void namesARecordWhosePlaceInTheChainWasAltered() {
        ChainRecord old = trail.at(7);
        Map<String, String> columns = TrailOf.columns(old.number(), "a", 40, "what happened");
        trail.lines.set(7, new ExportLine.Record(ChainRecord.of(columns, old.previous(), old.hash())));

        expect(Kind.ALTERED, "a", 40, old.number());
    }

    @Test
    void namesARecordWhosePreviousHashIsNone() {
        ChainRecord old = trail.at(7);
        trail.lines.set(7, new ExportLine.Record(ChainRecord.of(old.columns(), "", old.hash())));

        expect(Kind.ALTERED, "a", 4, old.number());
    }

    @Test
    void namesAFirstRecordThatDoesNotBeginTheChain() {
        TrailOf other = new TrailOf().add("a", 1, AuditCheckpoint.NONE);

        assertThat(other.check().firstProblem().map(Problem::kind)).contains(Kind.ALTERED);
    }

    @Test
    void namesAMissingRecordInTheMiddle() {
        trail.lines.remove(7);

        expect(Kind.MISSING, "a", 4);
    }

    @Test
    void namesTheMissingFirstRecord() {
        trail.lines.remove(0);

        expect(Kind.MISSING, "a", 1);
    }

    @Test
    void namesTheMissingLastRecordOfACheckpoint() {
        trail.lines.subList(7, trail.lines.size()).clear();
        trail.lines.remove(4);

        Problem problem = expect(Kind.MISSING, "a", 3);
        assertThat(problem.checkpoint()).isPresent();
    }

    @Test
    void namesTheMissingEndBehindTheLastCheckpoint() {
        trail.record("a");
        trail.lines.remove(14);

        Problem problem = expect(Kind.MISSING, "a", 7);
        assertThat(problem.checkpoint()).isEmpty();
    }

    @Test
    void namesAChainThatIsGone() {
        trail.lines.removeIf(line ->
                line instanceof ExportLine.Record read && read.record().chain().equals("b"));

        expect(Kind.MISSING, "b", 1);
    }

    @Test
    void namesTheRecordsThatWereSwapped() {
        Collections.swap(trail.lines, 7, 9);

        expect(Kind.REORDERED, "a", 4, trail.at(9).number());
    }

    @Test
    void namesTheFirstRecordsThatWereSwapped() {
        Collections.swap(trail.lines, 0, 2);

        expect(Kind.REORDERED, "a", 1, trail.at(2).number());
    }

    @Test
    void namesARecordThatWasInsertedInAPlaceThatIsTaken() {
        trail.lines.add(
                9,
                new ExportLine.Record(TrailOf.sealed(
                        TrailOf.columns(99, "a", 4, "never"), trail.at(4).hash())));

        expect(Kind.INSERTED, "a", 4, 99);
    }

    @Test
    void namesARecordThatWasAppendedBehindTheEnd() {
        trail.lines.add(new ExportLine.Record(TrailOf.sealed(
                TrailOf.columns(99, "a", 7, "never"), trail.heads.get("a").hash())));

        expect(Kind.INSERTED, "a", 7, 99);
    }

    @Test
    void namesAMissingCheckpoint() {
        trail.lines.remove(6);

        expectCheckpoint(Kind.CHECKPOINT_MISSING, 1);
    }

    @Test
    void namesAMissingCheckpointInTheMiddle() {
        trail.record("a").checkpoint().lines.remove(13);

        expectCheckpoint(Kind.CHECKPOINT_MISSING, 2);
    }

    @Test
    void namesACheckpointThatIsThereTwice() {
        trail.lines.add(trail.lines.get(6));
        trail.lines.remove(13);
        trail.lines.add(7, trail.lines.get(6));

        expectCheckpoint(Kind.CHECKPOINT_FORGED, 1);
    }

    @Test
    void namesACheckpointBySomebodyElse() {
        SignedCheckpoint old = trail.checkpointAt(6);
        String signature = SigningKey.generate("audit-service").sign("infra.audit-checkpoints", old.bytes());
        trail.lines.set(6, new ExportLine.Checkpoint(1, old.statement(), old.keyId(), signature));

        expectCheckpoint(Kind.CHECKPOINT_FORGED, 1);
    }

    @Test
    void namesACheckpointThatWasAltered() {
        SignedCheckpoint old = trail.checkpointAt(6);
        trail.lines.set(
                6,
                new ExportLine.Checkpoint(1, old.statement().replace("\"a\"", "\"c\""), old.keyId(), old.signature()));

        expectCheckpoint(Kind.CHECKPOINT_FORGED, 1);
    }

    @Test
    void namesACheckpointWhoseSignatureIsNone() {
        for (String signature : List.of("*", "AAAA")) {
            SignedCheckpoint old = trail.checkpointAt(6);
            trail.lines.set(6, new ExportLine.Checkpoint(1, old.statement(), old.keyId(), signature));

            expectCheckpoint(Kind.CHECKPOINT_FORGED, 1);
        }
    }

    @Test
    void namesACheckpointUnderAnotherNumberThanItWasSigned() {
        SignedCheckpoint old = trail.checkpointAt(6);
        trail.lines.set(6, new ExportLine.Checkpoint(2, old.statement(), old.keyId(), old.signature()));

        expectCheckpoint(Kind.CHECKPOINT_FORGED, 2);
    }

    @Test
    void namesASignedTextThatIsNoCheckpoint() {
        String signature =
                TrailOf.KEY.sign("infra.audit-checkpoints", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        trail.lines.set(6, new ExportLine.Checkpoint(1, "{}", "audit-service", signature));

        expectCheckpoint(Kind.CHECKPOINT_FORGED, 1);
    }

    @Test
    void namesACheckpointThatFollowsAnother() {
        SignedCheckpoint other = TrailOf.sign(
                new AuditCheckpoint(2, "ab".repeat(32), Instant.EPOCH, 12, List.copyOf(trail.heads.values())));
        trail.lines.set(13, ExportLine.Checkpoint.of(other));

        expectCheckpoint(Kind.CHECKPOINT_FORGED, 2);
    }

    @Test
    void namesACheckpointThatStandsTooFarBack() {
        Collections.swap(trail.lines, 6, 7);

        expectCheckpoint(Kind.CHECKPOINT_FORGED, 1);
    }

    @Test
    void saysOnlyTheFirstProblem() {
        trail.alter(2, false);
        trail.lines.remove(7);

        expect(Kind.ALTERED, "a", 2, trail.at(2).number());
    }

    @Test
    void doesNotBlameACheckpointForARecordThatIsMissingBeforeIt() {
        trail.lines.remove(2);

        expect(Kind.MISSING, "a", 2);
    }

    @Test
    void takesTheBeginningOfAPartAsItIs() {
        trail.lines.subList(0, 5).clear();

        Verdict verdict = trail.check(new Scope(Optional.empty(), false, true));

        assertThat(verdict.firstProblem()).isEmpty();
        assertThat(verdict.chains()).extracting(Verdict.CheckedChain::anchored).containsExactly(false, false);
        assertThat(verdict.chains()).extracting(Verdict.CheckedChain::from).containsExactly(4L, 3L);
    }

    @Test
    void verifiesAPartWithoutTheEnd() {
        trail.lines.subList(9, 14).clear();

        assertThat(trail.check(new Scope(Optional.empty(), true, false)).verified())
                .isTrue();
    }

    @Test
    void namesAnAlteredFirstRecordOfAPart() {
        trail.lines.subList(0, 7).clear();
        trail.alter(0, false);

        assertThat(trail.check(new Scope(Optional.empty(), false, true))
                        .firstProblem()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.ALTERED);
    }

    @Test
    void verifiesOneChainByTheCheckpointsOfAll() {
        trail.lines.removeIf(line ->
                line instanceof ExportLine.Record read && read.record().chain().equals("b"));

        Verdict verdict = trail.check(new Scope(Optional.of("a"), true, true));

        assertThat(verdict.firstProblem()).isEmpty();
        assertThat(verdict.records()).isEqualTo(6);
    }

    @Test
    void beginsBehindRecordsThatAreOlderThanTheChain() {
        TrailOf older = new TrailOf()
                .add("a", 37, RecordHash.genesis("a", 37))
                .record("a")
                .checkpoint();

        assertThat(older.check().verified()).isTrue();
    }

    @Test
    void namesTheCheckpointThatWasPublishedAndIsNotInTheTrail() {
        SignedCheckpoint latest = trail.checkpointAt(13);
        trail.lines.remove(13);

        assertThat(published(latest, Scope.everything()).firstProblem().orElseThrow())
                .extracting(Problem::kind, Problem::checkpoint)
                .containsExactly(Kind.CHECKPOINT_MISSING, Optional.of(2L));
        assertThat(published(latest, new Scope(Optional.empty(), true, false)).verified())
                .isTrue();
    }

    @Test
    void namesTheCheckpointThatSaysSomethingElseThanWhatWasPublished() {
        SignedCheckpoint other = TrailOf.sign(new AuditCheckpoint(
                2, trail.checkpointAt(6).hash(), Instant.EPOCH.plusSeconds(1), 12, List.copyOf(trail.heads.values())));

        assertThat(published(other, Scope.everything()).firstProblem().orElseThrow())
                .extracting(Problem::kind, Problem::checkpoint)
                .containsExactly(Kind.CHECKPOINT_FORGED, Optional.of(2L));
    }

    @Test
    void agreesWithWhatWasPublished() {
        assertThat(published(trail.checkpointAt(13), Scope.everything()).verified())
                .isTrue();
        assertThat(published(trail.checkpointAt(6), Scope.everything()).verified())
                .isTrue();
    }

    @Test
    void aProblemThatWasFoundStandsWhateverWasPublished() {
        trail.alter(2, false);

        assertThat(published(trail.checkpointAt(13), Scope.everything())
                        .firstProblem()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Kind.ALTERED);
    }

    @Test
    void aGapIsAProblemThoughTheEndIsNeverReached() {
        trail.lines.remove(7);
        ChainCheck check = new ChainCheck(Scope.everything(), TrailOf.KEYS);
        trail.lines.forEach(line -> line.applyTo(check));

        assertThat(check.settled()).isFalse();
        assertThat(check.verdict().verified()).isFalse();
        assertThat(check.verdict().firstProblem().orElseThrow().kind()).isEqualTo(Kind.MISSING);
    }

    private Verdict published(SignedCheckpoint latest, Scope scope) {
        ChainCheck check = new ChainCheck(scope, TrailOf.KEYS);
        trail.lines.forEach(line -> line.applyTo(check));
        check.end(List.copyOf(trail.heads.values()));
        check.published(latest);
        return check.verdict();
    }

    private Problem expect(Kind kind, String chain, long sequence) {
        Verdict verdict = trail.check();
        assertThat(verdict.verified()).isFalse();
        Problem problem = verdict.firstProblem().orElseThrow();
        assertThat(problem)
                .extracting(Problem::kind, Problem::chain, Problem::sequence)
                .containsExactly(kind, Optional.of(chain), Optional.of(sequence));
        assertThat(problem.message()).isNotBlank();
        return problem;
    }

    private void expect(Kind kind, String chain, long sequence, long record) {
        assertThat(expect(kind, chain, sequence).record()).contains(record);
    }

    private void expectCheckpoint(Kind kind, long number) {
        Verdict verdict = trail.check();
        assertThat(verdict.verified()).isFalse();
        assertThat(verdict.firstProblem().orElseThrow())
                .extracting(Problem::kind, Problem::checkpoint)
                .containsExactly(kind, Optional.of(number));
    }
}
