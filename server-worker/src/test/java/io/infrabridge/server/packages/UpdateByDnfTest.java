package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UpdateByDnfTest {
    private static final Output NONE = Output.of("");
    private static final Output FRESH = Output.of("/var/cache/dnf/lab-1/repodata/x-primary.xml.gz\n");
    private static final Output OUTDATED = Captured.output("rpm-qa-outdated");
    private static final Output UPDATED = Captured.output("rpm-qa-updated");
    private static final Output NEWER = Captured.output("dnf-upgrades");
    private static final Output OFFERED = aborted("dnf-offered");

    private final Rehearsal<?, ?> all = asking("");
    private final Output[] outdated = seen(OUTDATED, NONE, NEWER, FRESH, "update", OFFERED);
    private final Output[] updated = seen(UPDATED, NONE, NONE, FRESH, "update-nothing", OFFERED);

    @Test
    void plansTheSimulatedCommandItself() {
        assertThat(all.plan(outdated))
                .containsExactly(
                        List.of("dnf", "-y", "--setopt=*.metadata_expire=-1", "--setopt=exit_on_lock=True", "upgrade"));
        assertThat(all.asRoot(outdated)).isTrue();
        assertThat(asking(",'packages':['infrabridge-hello']")
                        .plan(seen(OUTDATED, NONE, NEWER, FRESH, "update-named", OFFERED))
                        .get(0))
                .endsWith("upgrade", "--", "infrabridge-hello");
        assertThat(asking(",'security_only':true")
                        .plan(seen(OUTDATED, NONE, NEWER, FRESH, "update-security", OFFERED))
                        .get(0))
                .endsWith("upgrade", "--security");
    }

    @Test
    void hasNothingToDoWhereAllIsUpToDate() {
        assertThat(all.plan(updated)).isEmpty();
    }

    @Test
    void fetchesListsThatAreOldFirst() {
        assertThat(all.plan(seen(OUTDATED, NONE, NEWER, NONE, "update-stale", OFFERED)))
                .hasSize(2)
                .startsWith(List.of("dnf", "-q", "makecache", "--refresh"));
        assertThat(asking(",'security_only':true").plan(seen(OUTDATED, NONE, NEWER, NONE, "update-security", OFFERED)))
                .hasSize(2);
    }

    @Test
    void goesBackToTheVersionsBefore() {
        List<List<String>> back = all.foreseenUndo(outdated);
        assertThat(back).hasSize(1);
        assertThat(back.get(0))
                .containsSubsequence("downgrade", "--")
                .contains(
                        "infrabridge-hello-1.0-1.noarch",
                        "infrabridge-practice-a-1.0-1.noarch",
                        "infrabridge-practice-b-1:1.0-1.noarch");
        assertThat(all.undo(List.of(outdated), List.of(updated)).get(0))
                .containsExactlyInAnyOrderElementsOf(back.get(0));
        assertThat(all.undo(List.of(outdated), List.of(outdated))).isEmpty();
    }

    @Test
    void hasNoWayBackToWhatIsNoLongerOfferedOrWasReplaced() {
        assertThat(all.foreseenUndo(seen(OUTDATED, NONE, NEWER, FRESH, "update", aborted("dnf-offered-fewer"))))
                .isEmpty();
        assertThat(all.foreseenUndo(seen(
                        OUTDATED,
                        NONE,
                        NEWER,
                        FRESH,
                        "update",
                        new Output(
                                1, Captured.text("dnf-offered-none"), Captured.text("dnf-offered-none.err"), false))))
                .isEmpty();
        assertThat(all.foreseenUndo(seen(OUTDATED, NONE, NEWER, FRESH, "update-replacing", OFFERED)))
                .isEmpty();
    }

    @Test
    void reportsWhatWasUpdated() {
        JsonNode output = all.changed(List.of(outdated), List.of(updated));
        assertThat(output.path("updated")).hasSize(3);
        assertThat(output.path("updated").toString())
                .contains("{\"name\":\"infrabridge-practice-b\",\"from\":\"1:1.0-1\",\"to\":\"1:1.1-1\"}");
        assertThat(output.path("kept_back")).isEmpty();
    }

    @Test
    void refusesToUpdateWhatIsHeldAndTellsItOfTheRest() {
        Output locked = Captured.output("dnf-versionlock-list");
        Failure refusal = asking(",'packages':['infrabridge-practice-a']")
                .refusal(seen(OUTDATED, locked, NEWER, FRESH, "update-held", OFFERED));
        assertThat(refusal.message()).isEqualTo("Held packages are not updated: infrabridge-practice-a 1.0-1.");
        Output[] others = seen(OUTDATED, locked, NEWER, FRESH, "update-held", OFFERED);
        assertThat(all.plan(others)).hasSize(1);
        assertThat(all.seen(others).path("kept_back").toString())
                .contains("{\"name\":\"infrabridge-practice-a\",\"version\":\"1.0-1\",\"available_version\":\"1.1-1\","
                        + "\"held\":true}");
    }

    /** Without the plugin nothing is held. */
    @Test
    void updatesWithoutThePluginThatHolds() {
        Output missing = Captured.error(1, "dnf-versionlock-missing.err");
        assertThat(all.plan(seen(OUTDATED, missing, NEWER, FRESH, "update", OFFERED)))
                .hasSize(1);
    }

    private static Output aborted(String name) {
        return new Output(1, Captured.text(name), "Operation aborted.\n", false);
    }

    private static Output[] seen(
            Output inventory, Output held, Output newer, Output lists, String simulation, Output offered) {
        return new Output[] {inventory, held, newer, lists, DnfPackagesTest.simulated(simulation), offered};
    }

    private static Rehearsal<?, ?> asking(String more) {
        return new Rehearsal<>(
                new UpdatePackages(),
                Rehearsal.host(Distro.RHEL),
                "{'operation':'package','action':'update'" + more + "}");
    }
}
