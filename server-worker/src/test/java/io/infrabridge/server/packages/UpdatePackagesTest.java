package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Updating by apt-get. */
final class UpdatePackagesTest {
    private static final Output NONE = Output.of("");
    private static final Output FRESH = Output.of("/var/lib/apt/lists/partial\n");
    private static final Output OUTDATED = Captured.output("dpkg-query-outdated");
    private static final Output UPDATED = Captured.output("dpkg-query-updated");
    private static final Output HELLO_IS_HELD = Captured.output("apt-mark-showhold");

    private final Rehearsal<?, ?> all = asking("");
    private final Rehearsal<?, ?> named = asking(",'packages':['infrabridge-hello']");
    private final Rehearsal<?, ?> security = asking(",'security_only':true");

    private final Output[] outdated = seen(OUTDATED, NONE, "apt-cache-policy", FRESH, "update");
    private final Output[] stale = seen(OUTDATED, NONE, "apt-cache-policy", NONE, "update");
    private final Output[] updated = seen(UPDATED, NONE, "apt-cache-policy-updated", FRESH, "update-nothing");

    @Test
    void plansTheSimulatedCommandItself() {
        assertThat(all.plan(outdated)).hasSize(1);
        assertThat(all.plan(outdated).get(0))
                .isEqualTo(withoutSimulation(all.probe().get(4)))
                .containsExactly(
                        "apt-get",
                        "upgrade",
                        "-y",
                        "-q",
                        "-o",
                        "DPkg::Lock::Timeout=60",
                        "--with-new-pkgs",
                        "-o",
                        "Dpkg::Options::=--force-confdef",
                        "-o",
                        "Dpkg::Options::=--force-confold");
        assertThat(all.asRoot(outdated)).isTrue();
        assertThat(named.plan(seen(OUTDATED, NONE, "apt-cache-policy", FRESH, "update-named"))
                        .get(0))
                .isEqualTo(withoutSimulation(named.probe().get(4)))
                .containsSubsequence("--no-remove", "--only-upgrade", "--", "infrabridge-hello");
    }

    @Test
    void tellsWhatItWillBeUpdatedFromAndTo() {
        assertThat(description(
                        new UpdatePackages.Input(Optional.empty(), Optional.empty(), Optional.empty()), outdated))
                .isEqualTo("Update: infrabridge-hello 1.0 → 1.1, infrabridge-practice-a 1.0 → 1.1,"
                        + " infrabridge-practice-d 1.0, infrabridge-practice-b 1.0 → 1.1");
    }

    @Test
    void hasNothingToDoWhereAllIsUpToDate() {
        assertThat(all.plan(updated)).isEmpty();
        assertThat(named.plan(updated)).isEmpty();
        assertThat(security.plan(updated)).isEmpty();
    }

    @Test
    void fetchesListsThatAreOldFirst() {
        assertThat(all.plan(stale))
                .hasSize(2)
                .startsWith(List.of("apt-get", "update", "-q", "-o", "APT::Update::Error-Mode=any"));
        assertThat(asking(",'refresh':false").plan(stale)).hasSize(1);
        Output[] nothingKnown = seen(UPDATED, NONE, "apt-cache-policy-updated", NONE, "update-nothing");
        assertThat(all.plan(nothingKnown)).hasSize(2);
        assertThat(asking(",'refresh':false").plan(nothingKnown)).isEmpty();
        assertThat(description(new UpdatePackages.Input(Optional.empty(), Optional.empty(), Optional.empty()), stale))
                .startsWith("Update to what the lists then offer; by the present ones: infrabridge-hello 1.0 → 1.1");
    }

    @Test
    void goesBackToTheVersionsBefore() {
        List<List<String>> back = all.foreseenUndo(outdated);
        assertThat(back).hasSize(2);
        assertThat(back.get(0))
                .startsWith("apt-get", "install")
                .contains("--allow-downgrades", "--no-remove")
                .endsWith("--", "infrabridge-hello=1.0", "infrabridge-practice-a=1.0", "infrabridge-practice-b=1.0");
        assertThat(back.get(1)).startsWith("apt-get", "remove").endsWith("--", "infrabridge-practice-d");
        assertThat(all.undo(List.of(outdated), List.of(updated))).isEqualTo(back);
        assertThat(all.undo(List.of(outdated), List.of(outdated))).isEmpty();
    }

    @Test
    void saysBeforehandWhereThereIsNoWayBack() {
        Output[] gone = seen(OUTDATED, NONE, "apt-cache-policy-fewer", FRESH, "update");
        assertThat(all.plan(gone)).hasSize(1);
        assertThat(all.foreseenUndo(gone)).isEmpty();
        assertThat(description(new UpdatePackages.Input(Optional.empty(), Optional.empty(), Optional.empty()), gone))
                .startsWith("There is no way back: no longer offered are infrabridge-hello 1.0. Update: ");
    }

    @Test
    void takesOnlyWhatComesFromASourceOfSecurityUpdates() {
        assertThat(security.plan(outdated).get(0))
                .startsWith("apt-get", "install")
                .contains("--only-upgrade")
                .endsWith("--", "infrabridge-practice-a=1.1");
        assertThat(security.foreseenUndo(outdated)).hasSize(1);
        assertThat(security.foreseenUndo(outdated).get(0)).endsWith("--", "infrabridge-practice-a=1.0");
    }

    /** Only the lists tell which they are, so what would be done could not be told before. */
    @Test
    void refusesToChooseSecurityUpdatesFromOldLists() {
        Failure refusal = security.refusal(stale);
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.hint()).contains("action=refresh");
        assertThat(asking(",'security_only':true,'refresh':false").plan(stale)).hasSize(1);
    }

    @Test
    void refusesToUpdateWhatIsHeld() {
        Failure refusal = named.refusal(seen(
                OUTDATED,
                HELLO_IS_HELD,
                "apt-cache-policy",
                FRESH,
                Captured.error(100, "apt-get-simulated-update-held-named.err")));
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).isEqualTo("Held packages are not updated: infrabridge-hello 1.0.");
    }

    @Test
    void updatesTheOthersAndTellsWhatIsHeldAndWhatCannotBeUpdated() {
        Output[] held = seen(OUTDATED, HELLO_IS_HELD, "apt-cache-policy", FRESH, "update-held");
        assertThat(all.plan(held)).hasSize(1);
        assertThat(all.foreseenUndo(held).get(0)).doesNotContain("infrabridge-hello=1.0");
        JsonNode output = all.seen(held);
        assertThat(output.path("kept_back")).hasSize(4);
        assertThat(output.path("kept_back").path(0).toString())
                .isEqualTo("{\"name\":\"infrabridge-hello\",\"version\":\"1.0\",\"available_version\":\"1.1\","
                        + "\"held\":true}");
        assertThat(asking(",'security_only':true").seen(held).path("kept_back")).hasSize(1);
    }

    @Test
    void reportsWhatWasUpdatedAndWhatCameAlong() {
        JsonNode output = all.changed(List.of(outdated), List.of(updated));
        assertThat(output.path("updated")).hasSize(3);
        assertThat(output.path("updated").path(0).toString())
                .isEqualTo("{\"name\":\"infrabridge-hello\",\"from\":\"1.0\",\"to\":\"1.1\"}");
        assertThat(output.path("others").toString())
                .isEqualTo("[{\"name\":\"infrabridge-practice-d\",\"version\":\"1.0\",\"state\":\"installed\","
                        + "\"changed\":true}]");
        assertThat(output.path("kept_back").toString())
                .isEqualTo("[{\"name\":\"infrabridge-practice-c\",\"version\":\"1.0\",\"available_version\":\"1.1\","
                        + "\"held\":false}]");
    }

    @Test
    void refusesWhatIsNotInstalled() {
        Failure refusal = asking(",'packages':['nosuchpackage']")
                .refusal(seen(
                        OUTDATED,
                        NONE,
                        "apt-cache-policy",
                        FRESH,
                        Captured.error(100, "apt-get-simulated-update-unknown.err")));
        assertThat(refusal.category()).isEqualTo(Category.NOT_FOUND);
        assertThat(refusal.message()).isEqualTo("nosuchpackage is not installed.");
    }

    @Test
    void refusesWhatCannotBeUpdated() {
        Failure refusal = asking(",'packages':['infrabridge-practice-c']")
                .refusal(seen(
                        OUTDATED,
                        NONE,
                        "apt-cache-policy",
                        FRESH,
                        Captured.error(100, "apt-get-simulated-update-impossible.err")));
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).contains("you have held broken packages");
    }

    @Test
    void refusesWhereAnEarlierInstallationWasBrokenOff() {
        assertThat(all.refusal(seen(Captured.output("dpkg-query-broken"), NONE, "apt-cache-policy", FRESH, "update"))
                        .message())
                .contains("half-configured");
    }

    @Test
    void wantsAtLeastOnePackageWhereAnyAreNamed() {
        assertThatThrownBy(() -> asking(",'packages':[]")).isInstanceOf(InvalidArguments.class);
    }

    private static String description(UpdatePackages.Input in, Output... seen) {
        HostFacts host = Rehearsal.UBUNTU;
        List<Step> steps = new UpdatePackages().plan(in, host, Probed.of(seen)).steps();
        return steps.get(steps.size() - 1).description();
    }

    private static List<String> withoutSimulation(List<String> command) {
        return command.stream().filter(word -> !word.equals("-s")).toList();
    }

    private static Output[] seen(Output inventory, Output held, String policy, Output lists, String simulation) {
        return seen(inventory, held, policy, lists, Captured.output("apt-get-simulated-" + simulation));
    }

    private static Output[] seen(Output inventory, Output held, String policy, Output lists, Output simulation) {
        return new Output[] {inventory, held, Captured.output(policy), lists, simulation};
    }

    private static Rehearsal<?, ?> asking(String more) {
        return new Rehearsal<>(new UpdatePackages(), "{'operation':'package','action':'update'" + more + "}");
    }
}
