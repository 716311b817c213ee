package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstallPackagesTest {
    private final Rehearsal<?, ?> install = asking("infrabridge-hello");
    private final Output before = Captured.output("dpkg-query-before");
    private final Output simulated = Captured.output("apt-get-simulated-install");
    private final Output installed = Captured.output("dpkg-query-installed");

    @Test
    void plansTheSimulatedCommandItself() {
        List<String> simulation = install.probe().get(1);
        List<String> real = install.plan(before, simulated).get(0);
        assertThat(simulation).contains("-s");
        assertThat(real)
                .isEqualTo(
                        simulation.stream().filter(word -> !word.equals("-s")).toList());
        assertThat(real)
                .containsExactly(
                        "apt-get",
                        "install",
                        "-y",
                        "-q",
                        "-o",
                        "DPkg::Lock::Timeout=60",
                        "--no-remove",
                        "--no-upgrade",
                        "-o",
                        "Dpkg::Options::=--force-confdef",
                        "-o",
                        "Dpkg::Options::=--force-confold",
                        "--",
                        "infrabridge-hello");
        assertThat(install.asRoot(before, simulated)).isTrue();
    }

    @Test
    void hasNothingToDoWhereItIsInstalled() {
        assertThat(install.plan(installed, simulated)).isEmpty();
        JsonNode output = install.seen(installed, simulated);
        assertThat(output.path("packages").toString())
                .isEqualTo(
                        "[{\"name\":\"infrabridge-hello\",\"version\":\"1.1\",\"state\":\"installed\",\"changed\":false}]");
    }

    @Test
    void reportsWhatCameAndWhatCameAlong() {
        JsonNode output = install.changed(List.of(before, simulated), List.of(installed, simulated));
        assertThat(output.path("packages").toString())
                .isEqualTo(
                        "[{\"name\":\"infrabridge-hello\",\"version\":\"1.1\",\"state\":\"installed\",\"changed\":true}]");
        assertThat(output.path("others").toString())
                .isEqualTo(
                        "[{\"name\":\"infrabridge-hello-data\",\"version\":\"1.0\",\"state\":\"installed\",\"changed\":true}]");
    }

    @Test
    void takesBackOnlyWhatCame() {
        List<String> removal =
                List.of("apt-get", "remove", "-y", "-q", "-o", "DPkg::Lock::Timeout=60", "--no-auto-remove", "--");
        assertThat(install.foreseenUndo(before, simulated).get(0))
                .startsWith(removal.toArray(String[]::new))
                .endsWith("--", "infrabridge-hello-data", "infrabridge-hello");
        Output half = Captured.output("dpkg-query-removed");
        assertThat(install.undo(List.of(before, simulated), List.of(half, simulated))
                        .get(0))
                .startsWith(removal.toArray(String[]::new))
                .endsWith("--", "infrabridge-hello-data");
        assertThat(install.undo(List.of(before, simulated), List.of(before, simulated)))
                .isEmpty();
    }

    @Test
    void refusesAnUnknownPackage() {
        var refusal = asking("nosuchpackage").refusal(before, Captured.error(100, "apt-get-unknown.err"));
        assertThat(refusal.category()).isEqualTo(Category.NOT_FOUND);
        assertThat(refusal.message()).isEqualTo("E: Unable to locate package nosuchpackage");
    }

    /** apt-get takes a name that it does not know for a regular expression. */
    @Test
    void refusesANameThatOnlyMatchesAsAPattern() {
        var refusal = asking("infra.ridge-hello").refusal(before, Captured.output("apt-get-simulated-pattern"));
        assertThat(refusal.category()).isEqualTo(Category.NOT_FOUND);
        assertThat(refusal.message()).contains("infra.ridge-hello", "instead would come");
    }

    @Test
    void refusesADistributionWhosePackagesItDoesNotKnow() {
        HostFacts alpine = new HostFacts(
                "edge1", Distro.OTHER, Map.of("PRETTY_NAME", "Alpine Linux v3.20"), "6.6", "x86_64", "infra", 1000);
        var refusal = new Rehearsal<>(new InstallPackages(), alpine, arguments("nginx")).refusedProbe();
        assertThat(refusal.category()).isEqualTo(Category.UNSUPPORTED_TARGET);
        assertThat(refusal.message()).contains("edge1").contains("Alpine Linux v3.20");
        assertThat(refusal.hint()).contains("Debian").contains("RHEL");
    }

    @Test
    void refusesWhereAnEarlierInstallationWasBrokenOff() {
        var refusal = asking("nginx").refusal(Captured.output("dpkg-query-broken"), simulated);
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).contains("infrabridge-practice-broken 1.0 is half-configured");
        assertThat(refusal.hint()).contains("dpkg --configure -a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-oDpkg::Pre-Invoke=x",
                "--reinstall",
                "nginx-",
                "a b",
                "a;b",
                "$(x)",
                "../x.deb",
                "/tmp/x.deb",
                "a=1",
                "a/b",
                ""
            })
    void cannotBeAskedForAnythingButNames(String hostile) {
        assertThatThrownBy(() -> asking(hostile)).isInstanceOf(InvalidArguments.class);
    }

    @Test
    void wantsAtLeastOnePackage() {
        assertThatThrownBy(() -> new Rehearsal<>(
                        new InstallPackages(), "{'operation':'package','action':'install','packages':[]}"))
                .isInstanceOf(InvalidArguments.class);
    }

    @Test
    void doesNotUnderstandGarbage() {
        assertThatThrownBy(() -> install.plan(Output.of("garbage"), simulated)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> install.plan(before, Output.of("garbage"))).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> install.plan(new Output(0, before.text(), "", true), simulated))
                .isInstanceOf(UnexpectedOutput.class);
    }

    private static Rehearsal<?, ?> asking(String name) {
        return new Rehearsal<>(new InstallPackages(), arguments(name));
    }

    private static String arguments(String name) {
        return "{'operation':'package','action':'install','packages':['" + name + "']}";
    }
}
