package io.infrabridge.runtime.worker.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.execution.PlanCheck.Objection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovedPlanTest {
    private final Parked approved = Plans.parked(Plans.requiring(1, true, "admin"), "a", "b", "c");

    @Test
    void letsThePlanThroughThatWasApproved() {
        assertThat(check(false, approved.plan())).isEmpty();
        assertThat(check(true, approved.plan())).isEmpty();
    }

    @Test
    void voidsTheApprovalOfAPlanThatHasChanged() {
        Objection objection =
                check(false, List.of(Plans.adding("b"), Plans.adding("c"))).orElseThrow();

        assertThat(objection.end()).isEqualTo(State.REJECTED);
        assertThat(objection.failure().category()).isEqualTo(Category.CONFLICT);
        assertThat(objection.failure().message()).contains("plan has changed");
    }

    @Test
    void letsTheRestOfTheApprovedPlanThroughAfterARestart() {
        assertThat(check(true, List.of(Plans.adding("b"), Plans.adding("c")))).isEmpty();
        assertThat(check(true, List.of(Plans.adding("a"), Plans.adding("c")))).isEmpty();
    }

    @Test
    void isIndeterminateWhereSomethingElseIsLeftAfterARestart() {
        StepReport asAnother = Plans.step("Add b", List.of("add", "b"), Optional.empty(), List.of());

        assertThat(check(true, List.of(Plans.adding("d"))).orElseThrow().end()).isEqualTo(State.INDETERMINATE);
        assertThat(check(true, List.of(Plans.adding("c"), Plans.adding("b")))).isPresent();
        assertThat(check(true, List.of(Plans.adding("b"), Plans.adding("b")))).isPresent();
        assertThat(check(true, List.of(asAnother))).isPresent();
    }

    private Optional<Objection> check(boolean resumed, List<StepReport> plan) {
        return new ApprovedPlan(Plans.command("alice", "{}"), approved, resumed).objection(plan);
    }
}
