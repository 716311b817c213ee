package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.operation.Captured;
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

/** An update of a NixOS host fails at each of its steps, and the host ends with the channels and the system that it had. */
class NixUpdatesFailTest {
    private static final Declared HTOP = Declared.nothing().withPackages(List.of(new AttributePath("htop")));

    /** A host, and how many changes the update of it is. */
    record Update(String name, Supplier<ScriptedNixos> host, int steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Update> updates() {
        return Stream.of(
                new Update("of a host as it came", () -> host(new SimulatedNixos()), 3),
                new Update("of a host with packages of ours", () -> host(new SimulatedNixos().goneBackTo(HTOP)), 3),
                new Update(
                        "of a host that went back by itself",
                        () -> host(new SimulatedNixos().goneBackTo(HTOP).writing(HTOP.withHostName("never-built"))),
                        5));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void isDoneOnce(Update update) {
        ScriptedNixos host = update.host().get();
        Ended ended = run(host);
        assertThat(ended.state()).as("%s", ended).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isTrue();
        assertThat(host.changes).hasSize(update.steps());
        assertThat(run(host).changed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("updates")
    void endsAsItBeganWhicheverStepFails(Update update) {
        for (boolean afterItTookEffect : new boolean[] {false, true}) {
            for (int step = 1; step <= update.steps(); step++) {
                ScriptedNixos host = update.host().get();
                String before = host.state();
                host.failing = step;
                host.afterItTookEffect = afterItTookEffect;

                Ended ended = run(host);

                assertThat(host.state()).as("step %d: %s", step, host.changes).isEqualTo(before);
                assertThat(ended.state()).as("step %d: %s", step, host.changes).isIn(State.ROLLED_BACK, State.FAILED);
            }
        }
    }

    private static ScriptedNixos host(SimulatedNixos nixos) {
        return new ScriptedNixos(nixos, asked -> Captured.output("nix-store-references"));
    }

    private static Ended run(ScriptedNixos host) {
        return OneRun.of(new UpdatePackages(), "{'operation':'package','action':'update'}", host, "nixos1");
    }
}
