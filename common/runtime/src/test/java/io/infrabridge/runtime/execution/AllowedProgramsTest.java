package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Declared;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Programs;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.trust.InvalidConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedProgramsTest {
    private static final List<Programs> DECLARED = List.of(
            Declared.on(Distro.UBUNTU, "apt-get"),
            Declared.everywhere("systemctl", "timeout", "stat"),
            Declared.asRoot("umount", "umount -- <path:/mnt|/srv>"));

    private final AllowedPrograms allowed = AllowedPrograms.of(DECLARED);

    @Test
    void allowsAProgramOnlyWhereItIsDeclared() {
        assertThatCode(() -> allowed.check(Run.of("x", "apt-get", "update"), Distro.UBUNTU))
                .doesNotThrowAnyException();
        for (Distro other : List.of(Distro.RHEL, Distro.NIXOS, Distro.OTHER)) {
            refused(allowed, Run.of("x", "apt-get", "update"), other);
        }
    }

    /** A check of the first word alone would let each of these run something else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "env apt-get",
                "busybox sh",
                "sudo systemctl",
                "sh -c systemctl",
                "xargs systemctl",
                "nice systemctl",
                "timeout -k 1 5 rm -rf /",
                "timeout 5 stat /",
                "timeout -k 1 5 timeout -k 1 5 rm",
                "timeout --signal=KILL -k 1 5 stat",
                "timeout -k 1 5",
                "timeout -k 1 5 /usr/bin/stat /",
                "timeout -k 1 --foreground rm",
                "timeout",
                "Systemctl",
                "systemctl.exe"
            })
    void refusesTricksWithTheFirstWord(String command) {
        refused(allowed, Run.of("x", List.of(command.split(" "))), Distro.UBUNTU);
    }

    @Test
    void looksThroughWhatEndsAProgramInTime() {
        assertThatCode(() -> allowed.check(Run.of("x", "timeout", "-k", "1", "5", "stat", "--", "/"), Distro.RHEL))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/usr/bin/systemctl", "./systemctl", "../bin/systemctl", "", "-systemctl", "a b", "sys\ntemctl"})
    void startsNothingByAPath(String program) {
        assertThatThrownBy(() -> Run.of("x", program)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh", "bash", "env", "sudo", "busybox", "xargs", "nsenter", "ssh", "python3", "/bin/ls", "a b", ""
            })
    void refusesDeclarationsOfWhatStartsOtherPrograms(String name) {
        assertThatThrownBy(() -> Declared.everywhere(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "umount -- /etc",
                "umount -- /mnt",
                "umount -- /mnt/../etc",
                "umount /mnt/a",
                "umount -f -- /mnt/a",
                "umount -- /mnt/a /mnt/b",
                "umount -- /mnta/b",
                "umount",
                "systemctl stop nginx"
            })
    void runsNothingAsRootThatIsNotDeclaredSo(String command) {
        refused(allowed, Run.of("x", List.of(command.split(" "))).asRoot("to test"), Distro.UBUNTU);
    }

    @Test
    void runsAsRootWhatIsDeclaredSo() {
        assertThatCode(() -> {
                    allowed.check(Run.of("x", "umount", "--", "/mnt/a").asRoot("to test"), Distro.UBUNTU);
                    allowed.check(Run.of("x", "umount", "--", "/srv/a b/c").asRoot("to test"), Distro.OTHER);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void isNarrowedByConfiguration() {
        AllowedPrograms only =
                AllowedPrograms.of(DECLARED, settings(Optional.of(Set.of("stat", "timeout")), Optional.empty()));
        AllowedPrograms without =
                AllowedPrograms.of(DECLARED, settings(Optional.empty(), Optional.of(Set.of("umount", "mkfs"))));

        assertThatCode(() -> only.check(Run.of("x", "stat", "/"), Distro.UBUNTU))
                .doesNotThrowAnyException();
        refused(only, Run.of("x", "systemctl", "status"), Distro.UBUNTU);
        refused(without, Run.of("x", "umount", "--", "/mnt/a").asRoot("to test"), Distro.UBUNTU);
        assertThatCode(() -> without.check(Run.of("x", "stat", "/"), Distro.UBUNTU))
                .doesNotThrowAnyException();
        assertThatCode(() -> AllowedPrograms.of(DECLARED, settings(Optional.empty(), Optional.empty()))
                        .check(Run.of("x", "stat", "/"), Distro.UBUNTU))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesConfigurationThatWouldAllowMore() {
        assertThatThrownBy(() -> AllowedPrograms.of(
                        DECLARED, settings(Optional.of(Set.of("stat", "rm", "bash")), Optional.empty())))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("bash, rm")
                .hasMessageNotContaining("stat");
    }

    private static ExecutionSettings settings(Optional<Set<String>> only, Optional<Set<String>> without) {
        return new ExecutionSettings() {
            @Override
            public Optional<Set<String>> allowedPrograms() {
                return only;
            }

            @Override
            public Optional<Set<String>> deniedPrograms() {
                return without;
            }
        };
    }

    private static void refused(AllowedPrograms allowed, Run step, Distro distro) {
        assertThatThrownBy(() -> allowed.check(step, distro))
                .isInstanceOfSatisfying(ExecutionFailure.class, failure -> {
                    assertThat(failure.failure().category()).isEqualTo(Category.PROGRAM_NOT_ALLOWED);
                    assertThat(failure.stoppedForSure()).isTrue();
                });
    }
}
