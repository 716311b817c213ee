package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.server.OneRun;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.ScriptedNixos;
import io.infrabridge.server.nixos.SimulatedNixos;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of the packages of a NixOS host fails at each of its steps, and the host ends as it began. */
class NixPackagesFailTest {
    private static final int STEPS = 4;
    private static final Declared BOTH =
            Declared.nothing().withPackages(List.of(new AttributePath("nginx"), new AttributePath("postgresql")));

    record Change(
            String name,
            Supplier<ScriptedNixos> host,
            HostOperation<PackageList, PackageChanges> operation,
            String action) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change("the first packages", () -> host(new SimulatedNixos()), new InstallPackages(), "install"),
                new Change(
                        "more packages",
                        () -> host(new SimulatedNixos()
                                .goneBackTo(Declared.nothing().withPackages(List.of(new AttributePath("htop"))))),
                        new InstallPackages(),
                        "install"),
                new Change(
                        "a removal",
                        () -> host(new SimulatedNixos().goneBackTo(BOTH)),
                        new RemovePackages(),
                        "remove"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isDoneOnce(Change change) {
        ScriptedNixos host = change.host().get();
        Ended ended = run(host, change);
        assertThat(ended.state()).as("%s", ended).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isTrue();
        assertThat(host.changes).hasSize(STEPS);
        assertThat(run(host, change).changed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void endsAsItBeganWhicheverStepFails(Change change) {
        for (boolean afterItTookEffect : new boolean[] {false, true}) {
            for (int step = 1; step <= STEPS; step++) {
                ScriptedNixos host = change.host().get();
                String before = host.state();
                host.failing = step;
                host.afterItTookEffect = afterItTookEffect;

                Ended ended = run(host, change);

                assertThat(host.state()).as("step %d: %s", step, host.changes).isEqualTo(before);
                assertThat(ended.state()).as("step %d: %s", step, host.changes).isIn(State.ROLLED_BACK, State.FAILED);
            }
        }
    }

    private static ScriptedNixos host(SimulatedNixos nixos) {
        return new ScriptedNixos(nixos, asked -> Captured.output("nix-instantiate-two"));
    }

    private static Ended run(ScriptedNixos host, Change change) {
        String arguments =
                "{'operation':'package','action':'" + change.action() + "','packages':['nginx','postgresql']}";
        return OneRun.of(change.operation(), arguments, host, "nixos1");
    }
}
