package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RemovePackagesTest {
    private final Rehearsal<?, ?> remove = asking("'infrabridge-hello'");
    private final Output installed = Captured.output("dpkg-query-installed");
    private final Output simulated = Captured.output("apt-get-simulated-removal");
    private final Output removed = Captured.output("dpkg-query-removed");
    private final Output none = Output.of("");

    @Test
    void plansTheSimulatedCommandItself() {
        List<String> real = remove.plan(installed, simulated, none).get(0);
        assertThat(real)
                .isEqualTo(remove.probe().get(1).stream()
                        .filter(word -> !word.equals("-s"))
                        .toList())
                .containsExactly(
                        "apt-get",
                        "remove",
                        "-y",
                        "-q",
                        "-o",
                        "DPkg::Lock::Timeout=60",
                        "--no-auto-remove",
                        "--",
                        "infrabridge-hello");
        assertThat(remove.asRoot(installed, simulated, none)).isTrue();
    }

    @Test
    void hasNothingToDoWhereItIsNotInstalled() {
        assertThat(remove.plan(removed, Output.failed(100, "E: whatever"), none))
                .isEmpty();
        assertThat(remove.seen(removed, simulated, none).path("packages").toString())
                .isEqualTo("[{\"name\":\"infrabridge-hello\",\"state\":\"absent\",\"changed\":false}]");
    }

    @Test
    void reportsWhatWent() {
        JsonNode output = remove.changed(List.of(installed, simulated, none), List.of(removed, simulated, none));
        assertThat(output.path("packages").toString())
                .isEqualTo("[{\"name\":\"infrabridge-hello\",\"state\":\"absent\",\"changed\":true}]");
        assertThat(output.path("others")).isEmpty();
    }

    @Test
    void takesItBackByInstallingTheSameVersion() {
        assertThat(remove.foreseenUndo(installed, simulated, none).get(0))
                .startsWith("apt-get", "install")
                .endsWith("--", "infrabridge-hello=1.1");
        assertThat(remove.undo(List.of(installed, simulated, none), List.of(removed, simulated, none))
                        .get(0))
                .startsWith("apt-get", "install")
                .endsWith("--", "infrabridge-hello=1.1");
        assertThat(remove.undo(List.of(installed, simulated, none), List.of(installed, simulated, none)))
                .isEmpty();
    }

    @Test
    void refusesWhereMoreWouldGoThanWasAsked() {
        Output more = Captured.output("apt-get-simulated-removal-of-more");
        var refusal = asking("'infrabridge-hello-data'").refusal(installed, more, none);
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).isEqualTo("These depend on it and would go too: infrabridge-hello.");
        assertThat(asking("'infrabridge-hello-data','infrabridge-hello'").plan(installed, more, none))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bash", "dpkg", "apt", "systemd", "sudo", "openssh-server", "libc6", "libc6:amd64", "libcrypt1"})
    void refusesToRemoveWhatTheHostNeeds(String name) {
        var refusal = asking("'" + name + "'").refusal(installed, simulated, none);
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).contains("is protected");
    }

    @Test
    void refusesToRemoveWhatIsHeld() {
        var refusal = remove.refusal(installed, simulated, Captured.output("apt-mark-showhold"));
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).isEqualTo("Held packages are not removed: infrabridge-hello 1.1.");
        assertThat(refusal.hint()).contains("action=unhold");
    }

    /** apt-get reads a plus at the end of a name that it does not know as "install it". */
    @Test
    void refusesARemovalThatWouldInstall() {
        Output plus = Output.of(simulated.text() + "Inst nginx (1.22.1-9+deb12u9 localhost [all])\n");
        assertThat(asking("'infrabridge-hello','nginx+'")
                        .refusal(installed, plus, none)
                        .message())
                .contains("would install nginx");
    }

    private static Rehearsal<?, ?> asking(String names) {
        return new Rehearsal<>(
                new RemovePackages(), "{'operation':'package','action':'remove','packages':[" + names + "]}");
    }
}
