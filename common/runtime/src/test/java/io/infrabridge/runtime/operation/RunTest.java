package io.infrabridge.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
    private static final String TIMER =
            "systemd-run --quiet --collect --unit=infrabridge-revert-1 --timer-property=AccuracySec=100ms --on-active=30 -- ";

    @Test
    void tellsWhatItReadsByItsDigest() {
        Run run = Run.of("Write it", "install", "-T", "--", "/dev/stdin", "/etc/motd");

        assertThat(run.reading("abc").command())
                .hasSize(run.argv().size() + 1)
                .endsWith("< sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(run.reading("abc").argv()).isEqualTo(run.argv());
        assertThat(run.command()).isEqualTo(run.argv());
        assertThat(run.reading("abc").asRoot("why").accepting(0, 1).input()).contains("abc");
    }

    @Test
    void refusesMoreInputThanAPipeHolds() {
        Run run = Run.of("Write it", "cat");

        assertThat(run.reading("ä".repeat(30_000)).input()).isPresent();
        assertThatThrownBy(() -> run.reading("ä".repeat(30_001))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesEveryProgramThatItStarts() {
        assertThat(programs("stat -- /mnt")).containsExactly("stat");
        assertThat(programs("timeout -k 5 3 stat -- /mnt")).containsExactly("timeout", "stat");
        assertThat(programs(TIMER + "ufw delete allow 22/tcp")).containsExactly("systemd-run", "ufw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout",
                "timeout 3 stat",
                "timeout -k 5 3",
                "timeout --foreground 5 3 stat",
                "timeout -k 5 3 timeout -k 5 3 stat",
                "timeout -k 5 3 systemd-run --quiet stat",
                "systemd-run stat",
                "systemd-run --quiet --collect --unit=other --timer-property=AccuracySec=100ms --on-active=30 -- stat",
                "systemd-run --quiet --collect --unit=infrabridge-a --timer-property=AccuracySec=100ms --on-active=30 stat -- x",
                TIMER,
                TIMER + "systemd-run stat",
                TIMER + "timeout -k 5 3 stat"
            })
    void takesNothingForKnownThatItDoesNotUnderstand(String command) {
        List<String> programs = new ArrayList<>(programs(command));

        assertThat(programs).anyMatch(program -> program.contains(" "));
    }

    private static List<String> programs(String command) {
        return Run.of("Start it", List.of(command.strip().split(" "))).programs();
    }
}
