package io.infrabridge.runtime.worker.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.ApprovalDecision.Kind;
import io.infrabridge.contract.ApprovalDecision.Verdict;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Alice asked; others decide. */
class BallotTest {
    private static final String ALICE = "alice";
    private static final Instant NOW = Plans.SINCE.plusSeconds(10);

    private final Parked oneOther = Plans.parked(Plans.requiring(1, true, "admin"), "n");
    private final Parked oneOfAll = Plans.parked(Plans.requiring(1, false, "admin", "owner"), "n");
    private final Parked twoOthers = Plans.parked(Plans.requiring(2, true, "admin"), "n");

    @Test
    void isEnoughOnceAnEntitledPersonHasApproved() {
        assertThat(Ballot.enough(oneOther, ALICE)).isFalse();

        Parked next = counted(oneOther, approves(oneOther, "bob", "admin", "reader"));

        assertThat(next.decisions()).hasSize(1);
        assertThat(Ballot.enough(next, ALICE)).isTrue();
    }

    @Test
    void acceptsAnyOfTheRoles() {
        assertThat(Ballot.enough(counted(oneOfAll, approves(oneOfAll, "bob", "owner")), ALICE))
                .isTrue();
    }

    @Test
    void refusesWhoHasNoneOfTheRolesAndNamesThem() {
        Failure failure = refused(oneOfAll, approves(oneOfAll, "bob", "operator"));

        assertThat(failure.category()).isEqualTo(Category.FORBIDDEN);
        assertThat(failure.hint()).contains("admin, owner");
        assertThat(refused(oneOfAll, denies(oneOfAll, "bob", "operator")).category())
                .isEqualTo(Category.FORBIDDEN);
    }

    @Test
    void refusesSelfApprovalWhereAnotherPersonIsAskedFor() {
        assertThat(refused(oneOther, approves(oneOther, ALICE, "admin")).message())
                .contains("his own operation");
    }

    @Test
    void countsTheCallersOwnApprovalWhereNoOtherPersonIsAskedFor() {
        assertThat(Ballot.enough(counted(oneOfAll, approves(oneOfAll, ALICE, "admin")), ALICE))
                .isTrue();
    }

    @Test
    void countsEachPersonOnce() {
        Parked first = counted(twoOthers, approves(twoOthers, "bob", "admin"));

        Failure again = refused(first, approves(first, "bob", "admin"));

        assertThat(again.category()).isEqualTo(Category.CONFLICT);
        assertThat(Ballot.missing(first, ALICE)).isEqualTo(1);
        assertThat(Ballot.enough(counted(first, approves(first, "carol", "admin")), ALICE))
                .isTrue();
    }

    @Test
    void countsTheSameMessageOnceHoweverOftenItComes() {
        ApprovalDecision decision = approves(twoOthers, "bob", "admin");
        Parked first = counted(twoOthers, decision);

        assertThat(Ballot.rule(first, ALICE, decision, NOW)).isInstanceOf(Ruling.Repeated.class);
    }

    @Test
    void keepsConsentOnRecordButNeverAsTheSecondPerson() {
        Parked consented = counted(oneOther, consents(oneOther, ALICE, "admin"));

        assertThat(consented.decisions()).hasSize(1);
        assertThat(Ballot.enough(consented, ALICE)).isFalse();
        assertThat(Ballot.enough(counted(consented, approves(consented, "bob", "admin")), ALICE))
                .isTrue();
    }

    @Test
    void countsConsentWhereTheCallerMayApproveHisOwn() {
        assertThat(Ballot.enough(counted(oneOfAll, consents(oneOfAll, ALICE, "admin")), ALICE))
                .isTrue();
        assertThat(Ballot.enough(counted(oneOfAll, consents(oneOfAll, ALICE, "operator")), ALICE))
                .isFalse();
    }

    @Test
    void countsConsentAndApprovalOfOnePersonOnce() {
        Parked two = Plans.parked(Plans.requiring(2, false, "admin"), "n");
        Parked consented = counted(two, consents(two, ALICE, "admin"));
        Parked both = counted(consented, approves(consented, ALICE, "admin"));

        assertThat(Ballot.missing(both, ALICE)).isEqualTo(1);
        assertThat(refused(both, consents(both, ALICE, "admin")).category()).isEqualTo(Category.CONFLICT);
    }

    @Test
    void refusesConsentOfAnybodyElse() {
        assertThat(refused(oneOther, consents(oneOther, "bob", "admin")).category())
                .isEqualTo(Category.FORBIDDEN);
    }

    @Test
    void isDeniedByWhoMayApproveAndByTheCallerHimself() {
        assertThat(denied(oneOther, denies(oneOther, "bob", "admin")).decisions())
                .hasSize(1);
        assertThat(denied(oneOther, denies(oneOther, ALICE)).decisions()).hasSize(1);
        ApprovalDecision declined = Plans.decision(oneOther, Verdict.DENY, Kind.CONSENT, ALICE);
        assertThat(denied(oneOther, declined).decisions()).containsExactly(declined);
    }

    @Test
    void letsWhoHasApprovedStillDeny() {
        Parked first = counted(twoOthers, approves(twoOthers, "bob", "admin"));

        assertThat(denied(first, denies(first, "bob", "admin")).decisions()).hasSize(2);
    }

    @Test
    void refusesADecisionAboutAnotherPlanAndNamesTheOneThatWaits() {
        Failure failure =
                refused(oneOther, Plans.decision("0".repeat(64), Verdict.APPROVE, Kind.DECISION, "bob", "admin"));

        assertThat(failure.category()).isEqualTo(Category.CONFLICT);
        assertThat(failure.hint()).contains(oneOther.planHash());
    }

    @Test
    void refusesADecisionFromTheMomentOnInWhichItExpires() {
        ApprovalDecision decision = approves(oneOther, "bob", "admin");
        Instant end = Plans.SINCE.plusSeconds(3600);

        assertThat(Ballot.rule(oneOther, ALICE, decision, end.minusMillis(1))).isInstanceOf(Ruling.Counted.class);
        assertThat(Ballot.rule(oneOther, ALICE, decision, end)).isInstanceOf(Ruling.Refused.class);
    }

    @Test
    void countsAnewUnderStricterRulesAndExpiresAsItWasTold() {
        Parked first = counted(oneOther, approves(oneOther, "bob", "admin"));
        Parked stricter = first.under(Plans.requiring(2, true, "admin"));
        Parked otherRole = first.under(Plans.requiring(1, true, "owner"));

        assertThat(Ballot.enough(stricter, ALICE)).isFalse();
        assertThat(Ballot.enough(otherRole, ALICE)).isFalse();
        assertThat(stricter.expiresAt()).isEqualTo(first.expiresAt());
    }

    @Test
    void showsWhatIsNeededAndWhoHasDecided() {
        Parked first = counted(twoOthers, approves(twoOthers, "bob", "admin"));

        assertThat(first.approval()).satisfies(approval -> {
            assertThat(approval.planHash()).isEqualTo(first.planHash());
            assertThat(approval.approvals()).isEqualTo(2);
            assertThat(approval.roles()).containsExactly("admin");
            assertThat(approval.otherPerson()).isTrue();
            assertThat(approval.decisions())
                    .extracting(ApprovalDecision::caller)
                    .containsExactly("bob");
            assertThat(approval.expiresAt()).isEqualTo(Plans.SINCE.plusSeconds(3600));
        });
    }

    @Test
    void remembersWhenItWasApproved() {
        Parked started = oneOther.started(NOW);

        assertThat(oneOther.startedAt()).isEmpty();
        assertThat(started.startedAt()).contains(NOW);
        assertThat(started.plan()).isEqualTo(oneOther.plan());
    }

    private static Parked counted(Parked parked, ApprovalDecision decision) {
        return ((Ruling.Counted) Ballot.rule(parked, ALICE, decision, NOW)).next();
    }

    private static Parked denied(Parked parked, ApprovalDecision decision) {
        return ((Ruling.Denied) Ballot.rule(parked, ALICE, decision, NOW)).next();
    }

    private static Failure refused(Parked parked, ApprovalDecision decision) {
        return ((Ruling.Refused) Ballot.rule(parked, ALICE, decision, NOW)).failure();
    }

    private static ApprovalDecision approves(Parked about, String caller, String... roles) {
        return Plans.decision(about, Verdict.APPROVE, Kind.DECISION, caller, roles);
    }

    private static ApprovalDecision denies(Parked about, String caller, String... roles) {
        return Plans.decision(about, Verdict.DENY, Kind.DECISION, caller, roles);
    }

    private static ApprovalDecision consents(Parked about, String caller, String... roles) {
        return Plans.decision(about, Verdict.APPROVE, Kind.CONSENT, caller, roles);
    }
}
