package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installing, removing and searching by dnf. */
final class DnfPackagesTest {
    private final Rehearsal<?, ?> install = asking(new InstallPackages(), "install", "infrabridge-hello");
    private final Rehearsal<?, ?> remove = asking(new RemovePackages(), "remove", "infrabridge-hello");
    private final Output before = Captured.output("rpm-qa-before");
    private final Output installed = Captured.output("rpm-qa-installed");
    private final Output removed = Captured.output("rpm-qa-removed");
    private final Output simulated = simulated("install");
    private final Output removal = simulated("removal");
    private final Output none = Output.of("");

    @Test
    void plansTheSimulatedCommandItself() {
        List<String> real = install.plan(before, simulated).get(0);
        assertThat(real)
                .isEqualTo(install.probe().get(1).stream()
                        .map(word -> word.equals("--assumeno") ? "-y" : word)
                        .toList())
                .containsExactly(
                        "dnf",
                        "-y",
                        "--setopt=*.metadata_expire=-1",
                        "--setopt=exit_on_lock=True",
                        "install",
                        "--",
                        "infrabridge-hello");
        assertThat(install.asRoot(before, simulated)).isTrue();
        assertThat(remove.plan(installed, removal, none).get(0))
                .isEqualTo(remove.probe().get(1).stream()
                        .map(word -> word.equals("--assumeno") ? "-y" : word)
                        .toList())
                .endsWith("remove", "--noautoremove", "--", "infrabridge-hello");
    }

    @Test
    void hasNothingToDoWhereItIsAlreadySo() {
        assertThat(install.plan(installed, simulated("nothing"))).isEmpty();
        assertThat(remove.plan(removed, simulated("nothing"), none)).isEmpty();
        assertThat(install.seen(installed, simulated).path("packages").toString())
                .isEqualTo("[{\"name\":\"infrabridge-hello\",\"version\":\"1.1-1\",\"state\":\"installed\","
                        + "\"changed\":false}]");
    }

    @Test
    void reportsWhatCameAndWhatCameAlong() {
        JsonNode output = install.changed(List.of(before, simulated), List.of(installed, simulated));
        assertThat(output.path("packages").path(0).path("changed").asBoolean()).isTrue();
        assertThat(output.path("others").toString())
                .isEqualTo("[{\"name\":\"infrabridge-hello-data\",\"version\":\"1.0-1\",\"state\":\"installed\","
                        + "\"changed\":true}]");
    }

    @Test
    void takesBackOnlyWhatCame() {
        assertThat(install.foreseenUndo(before, simulated).get(0))
                .endsWith(
                        "remove",
                        "--noautoremove",
                        "--",
                        "infrabridge-hello-1.1-1.noarch",
                        "infrabridge-hello-data-1.0-1.noarch");
        assertThat(install.undo(List.of(before, simulated), List.of(removed, simulated))
                        .get(0))
                .endsWith("--", "infrabridge-hello-data-1.0-1.noarch");
        assertThat(install.undo(List.of(before, simulated), List.of(before, simulated)))
                .isEmpty();
    }

    @Test
    void takesARemovalBackByInstallingTheSameVersion() {
        List<Output> was = List.of(installed, removal, none);
        assertThat(remove.foreseenUndo(installed, removal, none).get(0))
                .endsWith("install", "--", "infrabridge-hello-1.1-1.noarch");
        assertThat(remove.undo(was, List.of(removed, removal, none)).get(0))
                .endsWith("install", "--", "infrabridge-hello-1.1-1.noarch");
        assertThat(remove.undo(was, was)).isEmpty();
    }

    /** The table is wider than a terminal where a name is long. */
    @Test
    void readsAWideTable() {
        Rehearsal<?, ?> wide = asking(
                new InstallPackages(), "install", "infrabridge-practice-with-a-rather-long-name-that-is-wrapped");
        assertThat(wide.plan(before, simulated("install-wide"))).hasSize(1);
    }

    /** Written as in the dnf of RHEL 8, which continues a row in the next line; derived from a capture. */
    @Test
    void readsARowThatGoesOnInTheNextLine() {
        Output wrapped =
                Output.of(simulated.text().replace("hello              noarch", "hello\n                noarch"));
        assertThat(DnfTransaction.parse(wrapped)).isEqualTo(DnfTransaction.parse(simulated));
    }

    @Test
    void refusesAnUnknownPackage() {
        Failure refusal = asking(new InstallPackages(), "install", "nosuchpackage")
                .refusal(before, Captured.error(1, "dnf-foreseen-unknown.err"));
        assertThat(refusal.category()).isEqualTo(Category.NOT_FOUND);
        assertThat(refusal.message()).isEqualTo("Unable to find a match: nosuchpackage");
    }

    @Test
    void refusesWhatDnfWouldNotDo() {
        for (String why : List.of("broken", "conflict")) {
            Failure refusal = install.refusal(before, Captured.error(1, "dnf-foreseen-" + why + ".err"));
            assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
            assertThat(refusal.message()).contains("dnf would not do it").contains("infrabridge-practice-");
        }
    }

    @Test
    void refusesAPackageThatAnotherHasTakenThePlaceOf() {
        Failure refusal = asking(new InstallPackages(), "install", "infrabridge-practice-e")
                .refusal(before, simulated("other"));
        assertThat(refusal.category()).isEqualTo(Category.NOT_FOUND);
        assertThat(refusal.message()).contains("instead would come: infrabridge-practice-f");
    }

    /** Foreseen for an update, by which it came about here; it is the same table. */
    @Test
    void refusesAnInstallationThatWouldReplaceAnother() {
        Failure refusal = asking(new InstallPackages(), "install", "infrabridge-practice-f")
                .refusal(before, simulated("update-replacing"));
        assertThat(refusal.message()).isEqualTo("It would take the place of infrabridge-practice-e 1.0-1.");
    }

    @Test
    void refusesWhereMoreWouldGoThanWasAsked() {
        Failure refusal = asking(new RemovePackages(), "remove", "infrabridge-hello-data")
                .refusal(installed, simulated("removal-of-more"), none);
        assertThat(refusal.message()).isEqualTo("These depend on it and would go too: infrabridge-hello.");
    }

    @Test
    void refusesToRemoveWhatIsHeld() {
        Failure refusal = asking(new RemovePackages(), "remove", "infrabridge-practice-a")
                .refusal(installed, removal, Captured.output("dnf-versionlock-list"));
        assertThat(refusal.message()).contains("infrabridge-practice-a 1.0-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf", "rpm", "glibc", "kernel", "systemd", "openssh-server", "rocky-release"})
    void refusesToRemoveWhatTheHostNeeds(String name) {
        Output there = Output.of(installed.text().replace("infrabridge-hello\t", name + "\t"));
        assertThat(asking(new RemovePackages(), "remove", name)
                        .refusal(there, removal, none)
                        .message())
                .contains("is protected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.rpm", "a.rpm.b"})
    void refusesWhatDnfWouldTakeForAFile(String name) {
        for (Rehearsal<?, ?> each : List.of(
                asking(new InstallPackages(), "install", name),
                asking(new RemovePackages(), "remove", name),
                asking(new HoldPackages(), "hold", name),
                asking(new UpdatePackages(), "update", name))) {
            assertThat(each.refusedProbe().category()).isEqualTo(Category.INVALID_ARGUMENT);
        }
    }

    @Test
    void findsPackagesWithTheirSummaries() {
        Rehearsal<?, ?> search = new Rehearsal<>(
                new SearchPackages(),
                Rehearsal.host(Distro.RHEL),
                "{'operation':'package','action':'search','query':'hello practice'}");
        assertThat(search.probe()).containsExactly(List.of("dnf", "-C", "-q", "search", "--", "hello", "practice"));
        JsonNode found = search.seen(Captured.output("dnf-search"));
        assertThat(found.path("total").asInt()).isEqualTo(2);
        assertThat(found.path("packages").path(0).toString())
                .isEqualTo("{\"name\":\"infrabridge-hello\",\"summary\":\"practice package of the Infrabridge lab\"}");
        assertThat(search.seen(none).path("total").asInt()).isZero();
    }

    @Test
    void doesNotUnderstandGarbage() {
        assertThatThrownBy(() -> install.plan(Output.of("garbage"), simulated)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> install.plan(before, Output.of("garbage"))).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> install.plan(before, new Output(1, simulated.text(), "", true)))
                .isInstanceOf(UnexpectedOutput.class);
    }

    /** dnf ends with 1 when it was told not to go on. */
    static Output simulated(String name) {
        boolean something = !name.endsWith("nothing");
        return new Output(
                something ? 1 : 0,
                Captured.text("dnf-foreseen-" + name),
                something ? "Operation aborted.\n" : "",
                false);
    }

    private static Rehearsal<?, ?> asking(HostOperation<?, ?> operation, String action, String name) {
        return new Rehearsal<>(
                operation,
                Rehearsal.host(Distro.RHEL),
                "{'operation':'package','action':'" + action + "','packages':['" + name + "']}");
    }
}
