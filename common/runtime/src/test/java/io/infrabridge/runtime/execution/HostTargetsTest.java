package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Execution;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.ApiRequest;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.Declared;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.WaitFor;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class HostTargetsTest {
    private static final String OS_RELEASE = "NAME=\"Rocky Linux\"\nID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"
            + "# comment\nVERSION_ID=9.4\nPRETTY_NAME='Rocky \\$9'\n";

    private final FakeLink local = new FakeLink(Execution.Mode.LOCAL);
    private final FakeLink remote = new FakeLink(Execution.Mode.REMOTE);
    private final Inventory inventory =
            new Inventory(List.of(host("app1", Optional.empty()), host("nix1", Optional.of("nixos"))), List.of());
    private final HostTargets targets = new HostTargets(
            inventory,
            local,
            host -> remote,
            new HostFactsReader(),
            AllowedPrograms.of(List.of(Declared.everywhere("exportfs"))));

    @Test
    void readsTheFactsOfAHost() {
        remote.connection = Optional.of("app1#1");

        Target<?> target = reach("app1");

        assertThat(targets.kind()).isEqualTo(TargetKind.HOST);
        HostFacts facts = (HostFacts) target.facts();
        assertThat(facts.hostname()).isEqualTo("app1.example.org");
        assertThat(facts.distro()).isEqualTo(Distro.RHEL);
        assertThat(facts.osRelease()).containsEntry("PRETTY_NAME", "Rocky $9").containsEntry("VERSION_ID", "9.4");
        assertThat(facts.kernel()).isEqualTo("5.14.0");
        assertThat(facts.machine()).isEqualTo("x86_64");
        assertThat(facts.user()).isEqualTo("infra");
        assertThat(facts.uid()).isEqualTo(1001);
        assertThat(target.execution(true))
                .isEqualTo(new Execution(
                        Execution.Mode.REMOTE,
                        "app1",
                        Optional.of("infra"),
                        Optional.of("rhel"),
                        true,
                        Optional.of("app1#1")));
    }

    @Test
    void believesTheInventoryAboutTheDistribution() {
        assertThat(((HostFacts) reach("nix1").facts()).distro()).isEqualTo(Distro.NIXOS);
    }

    @Test
    void looksAtWhatAStepRunsBeforeAndWhenItRuns() {
        HostTarget target = (HostTarget) reach("app1");
        Run forbidden = Run.of("Look", "no-such-program");
        Run allowed = Run.of("Look", "exportfs");
        for (Step step : List.of(
                forbidden,
                new WaitFor("Wait", forbidden, Output::succeeded, Duration.ofMillis(1), Duration.ofSeconds(1)),
                new Confirm("Come anew", Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> target.check(step)).isInstanceOf(ExecutionFailure.class);
        }
        target.check(new WaitFor("Wait", allowed, Output::succeeded, Duration.ofMillis(1), Duration.ofSeconds(1)));
        assertThatThrownBy(() -> target.execute(new Confirm("Come anew", Duration.ofSeconds(1)), Cancellation.never())
                        .await()
                        .atMost(Duration.ofSeconds(5)))
                .isInstanceOf(ExecutionFailure.class);
    }

    @Test
    void reachesThisMachineWithoutSsh() {
        assertThat(reach("localhost").execution(false).mode()).isEqualTo(Execution.Mode.LOCAL);
        assertThat(remote.runs).isEmpty();
    }

    @Test
    void readsTheFactsOnceAConnection() {
        remote.connection = Optional.of("app1#1");
        reach("app1");
        reach("app1");
        assertThat(remote.runs).hasSize(4);

        remote.connection = Optional.of("app1#2");
        reach("app1");
        assertThat(remote.runs).hasSize(8);
    }

    /** The gateway names targets as the inventory does; a command that does not was made by somebody else. */
    @ParameterizedTest
    @FieldSource("io.infrabridge.testkit.hostile.TargetSpellings#NOT_LISTED")
    void reachesAHostByNoOtherSpelling(String spelling) {
        Inventory one = new Inventory(
                List.of(new Host(
                        "app1",
                        List.of("198.51.100.1", "app1.example.com"),
                        Optional.empty(),
                        "infra",
                        Path.of("key"),
                        Path.of("known_hosts"),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of())),
                List.of());
        HostTargets only =
                new HostTargets(one, local, host -> remote, new HostFactsReader(), AllowedPrograms.of(List.of()));

        assertThat(one.hostName(Optional.of(spelling))).isEmpty();
        for (String name : List.of(spelling, "app1.example.com", "198.51.100.1", "127.0.0.1")) {
            assertThatThrownBy(() -> only.reach(name).await().indefinitely())
                    .isInstanceOfSatisfying(
                            ExecutionFailure.class,
                            failure -> assertThat(failure.failure().category()).isEqualTo(Category.UNKNOWN_TARGET));
        }
        assertThat(local.runs).isEmpty();
        assertThat(remote.runs).isEmpty();
    }

    @Test
    void refusesAHostThatIsNotListed() {
        assertThatThrownBy(() -> reach("other"))
                .isInstanceOfSatisfying(
                        ExecutionFailure.class,
                        failure -> assertThat(failure.failure().category()).isEqualTo(Category.UNKNOWN_TARGET));
    }

    @Test
    void runsOnlyWhatSomeOperationDeclares() {
        Target<?> target = reach("app1");

        assertThat(execute(target, Run.of("exports", "exportfs", "-v")).succeeded())
                .isTrue();
        assertThatThrownBy(() -> execute(target, Run.of("remove", "rm", "-rf", "/")))
                .hasMessageContaining("PROGRAM_NOT_ALLOWED");
        assertThatThrownBy(() -> execute(target, Run.of("release", "cat", "/etc/shadow")))
                .hasMessageContaining("PROGRAM_NOT_ALLOWED");
    }

    @Test
    void refusesRequestsToAnApi() {
        assertThatThrownBy(() -> execute(reach("app1"), Call.of("pods", ApiRequest.get("/api/v1/pods"))))
                .hasMessageContaining("UNSUPPORTED_TARGET");
    }

    @Test
    void refusesAHostThatIsNoLinux() {
        remote.uname = "Microsoft Windows";

        assertThatThrownBy(() -> reach("app1")).hasMessageContaining("UNSUPPORTED_TARGET");
    }

    private Target<?> reach(String name) {
        return targets.reach(name).await().indefinitely();
    }

    private static Output execute(Target<?> target, io.infrabridge.runtime.operation.Step step) {
        return target.execute(step, Cancellation.never()).await().indefinitely();
    }

    private static Host host(String name, Optional<String> distro) {
        return new Host(
                name,
                List.of("192.0.2.1"),
                Optional.empty(),
                "infra",
                Path.of("key"),
                Path.of("known_hosts"),
                Optional.empty(),
                distro,
                Map.of());
    }

    private static final class FakeLink implements HostLink {
        private final Execution.Mode mode;
        private final List<Run> runs = new ArrayList<>();
        private Optional<String> connection = Optional.empty();
        private String uname = "app1.example.org 5.14.0 x86_64";

        FakeLink(Execution.Mode mode) {
            this.mode = mode;
        }

        @Override
        public Execution.Mode mode() {
            return mode;
        }

        @Override
        public Optional<String> connectionId() {
            return connection;
        }

        @Override
        public Uni<Output> run(Run step, boolean root, Cancellation cancellation) {
            runs.add(step);
            return Uni.createFrom().item(Output.of(answer(String.join(" ", step.argv()))));
        }

        private String answer(String command) {
            return switch (command) {
                case "cat /etc/os-release" -> OS_RELEASE;
                case "uname -n -r -m" -> uname + "\n";
                case "id -u" -> "1001\n";
                case "id -un" -> "infra\n";
                default -> "";
            };
        }
    }
}
