package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.server.OneRun;
import io.infrabridge.server.firewall.ScriptedHost;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.SimulatedNixos;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mask of NixOS comes or goes whole: at whichever step it fails, the host ends with the system, and the service, that it had. */
final class FailedMasksTest {
    private static final Declared MASKED = Declared.nothing().withMask(SimulatedNixosUnit.NAME);

    /** A change, the host before it, and how many steps it takes from there. */
    record Change(String name, HostOperation<?, ?> operation, Supplier<SimulatedNixosUnit> host, int steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change(
                        "mask of what runs",
                        new MaskService(),
                        () -> new SimulatedNixosUnit(new SimulatedNixos(), true),
                        4),
                new Change(
                        "mask of what does not run",
                        new MaskService(),
                        () -> new SimulatedNixosUnit(new SimulatedNixos(), false),
                        4),
                new Change(
                        "mask where somebody had gone back",
                        new MaskService(),
                        () -> new SimulatedNixosUnit(
                                new SimulatedNixos()
                                        .goneBackTo(Declared.nothing().withTimeZone("Etc/UTC")),
                                true),
                        4),
                new Change(
                        "unmask",
                        new UnmaskService(),
                        () -> new SimulatedNixosUnit(new SimulatedNixos().goneBackTo(MASKED), false),
                        4));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void areMadeOnce(Change change) {
        SimulatedNixosUnit unit = change.host().get();
        ScriptedHost host = new ScriptedHost(unit);

        Ended ended = run(host, change);
        assertThat(ended.state()).as(ended.toString()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isTrue();
        assertThat(host.changes).as(host.changes.toString()).hasSize(change.steps());

        Ended again = run(host, change);
        assertThat(again.state()).isEqualTo(State.SUCCEEDED);
        assertThat(again.changed()).isFalse();
        assertThat(host.changes).hasSize(change.steps());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void endAsTheyBeganWhicheverStepFails(Change change) {
        for (boolean afterItTookEffect : new boolean[] {false, true}) {
            for (int step = 1; step <= change.steps(); step++) {
                ScriptedHost host = new ScriptedHost(change.host().get());
                String before = host.state();
                host.failing = step;
                host.afterItTookEffect = afterItTookEffect;

                Ended ended = run(host, change);

                assertThat(host.state()).as("step %d: %s", step, host.changes).isEqualTo(before);
                assertThat(ended.state()).as("step %d: %s", step, ended).isIn(State.ROLLED_BACK, State.FAILED);
            }
        }
    }

    private static Ended run(ScriptedHost host, Change change) {
        String action = change.operation().spec().action().replace("service.", "");
        String arguments =
                "{'operation':'service','action':'" + action + "','service_name':'" + SimulatedNixosUnit.NAME + "'}";
        return OneRun.of(change.operation(), arguments, host, "nixos1");
    }
}
