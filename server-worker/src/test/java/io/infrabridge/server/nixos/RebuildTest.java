package io.infrabridge.server.nixos;

import static io.infrabridge.server.nixos.NixosOutputs.ABSENT;
import static io.infrabridge.server.nixos.NixosOutputs.IMPORTING;
import static io.infrabridge.server.nixos.NixosOutputs.MODULE;
import static io.infrabridge.server.nixos.NixosOutputs.THIRD;
import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Stop;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.server.OddOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RebuildTest {
    private static final Output GONE_BACK = Captured.output("find-system-profiles-gone-back");
    private static final Output FOURTH = Captured.output("find-system-profiles-after-going-back");

    private static final Declared FORMER = Declared.nothing().withPackages(List.of(new AttributePath("htop")));
    private static final Declared WANTED = FORMER.withPackages(List.of(new AttributePath("nginx")));

    private final Probed fresh = Probed.of(ABSENT, MODULE, IMPORTING, ABSENT, THIRD);
    private final Probed managed = running(FORMER, THIRD);

    @Test
    void writesTheDeclarationsLetsNixCheckThemAndSwitches() {
        List<Step> steps = plan(managed).steps();
        assertThat(steps)
                .extracting(step -> String.join(" ", ((Run) step).argv()))
                .containsExactly(
                        "install -m 0644 -T -- /dev/stdin /etc/nixos/infrabridge.json.new",
                        "mv -T -- /etc/nixos/infrabridge.json.new /etc/nixos/infrabridge.json",
                        "nixos-rebuild dry-build -I nixos-config=/etc/nixos/configuration.nix",
                        "nixos-rebuild switch -I nixos-config=/etc/nixos/configuration.nix");
        assertThat(steps).allMatch(step -> step.sudo().isPresent());
        assertThat(((Run) steps.get(0)).input()).contains(WANTED.text());
        assertThat(((Run) steps.get(3)).stop()).isEqualTo(Stop.BOUNDARY);
    }

    @Test
    void hasNothingToDoWhereTheRunningSystemWasBuiltFromIt() {
        assertThat(Rebuild.to(FORMER, NixosHost.seen(managed)).steps()).isEmpty();
        assertThat(Rebuild.to(Declared.nothing(), NixosHost.seen(fresh)).steps())
                .isEmpty();
    }

    @Test
    void onlyBuildsWhereTheDeclarationsWereWrittenAndNeverBuilt() {
        Probed written = Probed.of(Output.of(WANTED.text()), MODULE, IMPORTING, Output.of(FORMER.text()), THIRD);
        assertThat(plan(written).steps())
                .extracting(step -> step.command().get(0))
                .containsExactly("nixos-rebuild", "nixos-rebuild");
    }

    /** A rule that the host took back by itself must not come along with the next package. */
    @Test
    void startsFromWhatRunsWhateverWasWritten() {
        Probed goneBack = Probed.of(Output.of(WANTED.text()), MODULE, IMPORTING, Output.of(FORMER.text()), THIRD);
        NixosHost host = NixosHost.seen(goneBack);
        assertThat(host.declared()).isEqualTo(FORMER);
        assertThat(host.runs(FORMER)).isFalse();
        Probed neverBuilt = Probed.of(Output.of(WANTED.text()), MODULE, IMPORTING, ABSENT, THIRD);
        assertThat(NixosHost.seen(neverBuilt).declared()).isEqualTo(WANTED);
        assertThat(plan(neverBuilt).steps()).hasSize(2);
    }

    @Test
    void foreseesTheFormerDeclarationsAndTheGenerationBefore() {
        assertThat(foreseen(managed))
                .containsExactly(
                        "rm -f -- /etc/nixos/infrabridge.json.new",
                        "install -m 0644 -T -- /dev/stdin /etc/nixos/infrabridge.json",
                        "nixos-rebuild switch --rollback");
        assertThat(foreseen(fresh)).contains("rm -f -- /etc/nixos/infrabridge.json");
    }

    @Test
    void goesBackOnlyWhereThereIsAGenerationMore() {
        Step build = plan(running(FORMER, GONE_BACK)).steps().get(3);
        assertThat(build.undo().after(running(FORMER, GONE_BACK), running(FORMER, GONE_BACK)))
                .isEmpty();
        Step other = plan(managed).steps().get(3);
        Output more =
                Output.of(THIRD.text().replace("system system-3", "system system-4") + "system-4-link /nix/store/x\n");
        assertThat(other.undo().after(managed, running(WANTED, more)))
                .extracting(step -> String.join(" ", step.command()))
                .containsExactly("nixos-rebuild switch --rollback");
    }

    /** From 2 a switch made 4; a rollback would lead to 3. */
    @Test
    void buildsTheFormerSystemAgainWhereARollbackWouldLeadToAnother() {
        Probed before = running(FORMER, GONE_BACK);
        List<Step> undo = plan(before).steps().get(3).undo().after(before, running(WANTED, FOURTH));
        assertThat(undo).extracting(step -> ((Run) step).argv().get(0)).containsExactly("install", "nixos-rebuild");
        assertThat(((Run) undo.get(0)).input()).contains(FORMER.text());
        assertThat(undo.get(1).command()).doesNotContain("--rollback");
    }

    @Test
    void refusesAHostThatHasNotLetTheModuleIn() {
        Probed without = Probed.of(ABSENT, ABSENT, IMPORTING, ABSENT, THIRD);
        assertThat(refusal(without).hint()).contains("deploy/nixos/infrabridge.nix", "imports = [");
        Probed other = Probed.of(ABSENT, Output.of("{ }"), IMPORTING, ABSENT, THIRD);
        assertThat(refusal(other).message()).contains("not the module");
        Probed commented = Probed.of(ABSENT, MODULE, Output.of("{ # ./infrabridge.nix\n}"), ABSENT, THIRD);
        assertThat(refusal(commented).message()).contains("does not import");
        assertThat(refusal(commented).category()).isEqualTo(Category.PRECONDITION_FAILED);
    }

    @Test
    void takesItForImportedWhereTheRunningSystemSaysSo() {
        Probed split = Probed.of(
                Output.of(FORMER.text()), MODULE, Output.of("{ imports = [ ./all.nix ]; }"), Output.of("{}"), THIRD);
        assertThat(plan(split).steps()).hasSize(4);
    }

    @Test
    void readsWhateverFilesHoldOrSaysThatItCannot() {
        OddOutput.of(Output.of(WANTED.text()), ABSENT)
                .isReadOrRefused(odd -> plan(Probed.of(odd, MODULE, IMPORTING, odd, THIRD)));
        OddOutput.of(IMPORTING).isReadOrRefused(odd -> plan(Probed.of(ABSENT, MODULE, odd, ABSENT, THIRD)));
        OddOutput.of(THIRD, FOURTH).isReadOrRefused(odd -> plan(Probed.of(ABSENT, MODULE, IMPORTING, ABSENT, odd)));
    }

    private static Probed running(Declared declared, Output generations) {
        return new Probed(NixosOutputs.running(declared, generations));
    }

    private static Plan plan(Probed seen) {
        return Rebuild.to(WANTED, NixosHost.seen(seen));
    }

    private static Failure refusal(Probed seen) {
        return plan(seen).refusal().orElseThrow();
    }

    private static List<String> foreseen(Probed seen) {
        return plan(seen).steps().stream()
                .flatMap(step -> step.undo().foreseen(seen).stream())
                .map(step -> String.join(" ", ((Run) step).argv()))
                .toList();
    }
}
