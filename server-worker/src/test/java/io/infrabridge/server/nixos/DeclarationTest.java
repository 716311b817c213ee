package io.infrabridge.server.nixos;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeclarationTest {
    private static final Probed SEEN = new Probed(NixosOutputs.running(Declared.nothing()));
    private static final NixosHost HOST = NixosHost.seen(SEEN);
    private static final Run STOP = Run.of("Stop", "systemctl", "stop");
    private static final Run START = Run.of("Start", "systemctl", "start");
    private static final Run KEPT = Run.of("Look", "true");
    private static final Rebuild.Guard GUARD = new Rebuild.Guard(List.of(KEPT), KEPT, List.of(KEPT));

    private final Declaration name = Declaration.of(declared -> declared.withHostName("web1"))
            .around(new Declaration.Around(List.of(STOP), Optional.empty(), List.of(START)));
    private final Declaration zone = Declaration.of(declared -> declared.withTimeZone("Europe/Berlin"));
    private final Declaration same =
            Declaration.nothing().keeping(new Declaration.Around(List.of(KEPT), Optional.empty(), List.of(START)));

    @Test
    void becomesOneBuildWithWhatGoesAroundIt() {
        List<Step> steps = name.and(zone).and(same).plan(HOST, 0).steps();
        assertThat(programs(steps))
                .containsExactly("systemctl", "install", "mv", "nixos-rebuild", "nixos-rebuild", "systemctl");
        assertThat(((Run) steps.get(1)).input())
                .contains(Declared.nothing()
                        .withHostName("web1")
                        .withTimeZone("Europe/Berlin")
                        .text());
    }

    @Test
    void doesWhatIsLeftWhereNothingIsToBeBuilt() {
        assertThat(same.and(Declaration.of(declared -> declared)).plan(HOST, 0).steps())
                .containsExactly(KEPT, START);
        assertThat(same.differs(HOST)).isTrue();
        assertThat(Declaration.nothing().plan(HOST, 0)).isEqualTo(Plan.nothing());
        assertThat(Declaration.of(declared -> declared).differs(HOST)).isFalse();
        assertThat(name.differs(HOST)).isTrue();
    }

    @Test
    void isUnderTheGuardOfAnyOfThem() {
        Declaration guarded = zone.around(new Declaration.Around(List.of(), Optional.of(GUARD), List.of()));
        for (Declaration both : List.of(name.and(guarded), guarded.and(name), guarded.and(guarded))) {
            assertThat(programs(both.plan(HOST, 0).steps()))
                    .containsSubsequence("nix-env", "true", "nixos-rebuild", "true");
        }
    }

    @Test
    void isRefusedByTheFirstThatIs() {
        Failure first = Failure.of(Category.NOT_FOUND, "first", "");
        Declaration both = name.and(Declaration.refused(first))
                .and(Declaration.refused(Plan.refuse(Category.CONFLICT, "second", "")));
        assertThat(both.plan(HOST, 0).refusal()).contains(first);
        assertThat(both.build(HOST, 0).steps()).isEmpty();
    }

    @Test
    void takesBackWhatEachTakesBackOnceTheFormerSystemRuns() {
        Declaration both =
                name.takingBack((before, now) -> List.of(STOP)).and(zone.takingBack((before, now) -> List.of(START)));
        List<Step> steps = both.build(HOST, 0).steps();
        assertThat(steps.get(steps.size() - 1).undo().after(SEEN, SEEN)).containsExactly(STOP, START);
    }

    private static List<String> programs(List<Step> steps) {
        return steps.stream().map(step -> step.command().get(0)).toList();
    }
}
