package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.server.ScriptedHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reboot that could not be set going, or whose setting going was not answered, does not come later. */
final class FailedRebootTest {
    private final List<String> timers = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void leavesNoTimerBehind(ScriptedHost.Moment moment) {
        ScriptedHost host = new ScriptedHost(Rehearsal.UBUNTU, this::answer);
        host.failing(0, moment);

        Ended ended = host.run(new Reboot(), "{'operation':'system','action':'reboot','delay_seconds':60}");

        assertThat(host.hasFailed()).isTrue();
        assertThat(ended.state()).as(ended.toString()).isEqualTo(State.ROLLED_BACK);
        assertThat(ended.changed()).isFalse();
        assertThat(ended.failure().orElseThrow().message()).contains("No space left on device");
        assertThat(timers).isEmpty();
    }

    private Output answer(List<String> argv) {
        return switch (argv.get(0)) {
            case "cat" -> Captured.output(read(argv.get(argv.size() - 1)));
            case "date" -> Captured.output("date-utc");
            case "ps" -> Captured.output("ps-names");
            case "stat" -> Captured.output("stat-locks");
            case "find" -> Captured.error(1, "find-no-marks");
            case "mkdir" -> Output.of("");
            case "systemd-run" -> set(argv);
            case "systemctl" -> argv.contains("stop") ? stopped() : Captured.output("systemctl-no-timers");
            default -> throw new AssertionError(argv);
        };
    }

    private static String read(String file) {
        return switch (file) {
            case "/proc/uptime" -> "cat-boot";
            case "/proc/1/stat" -> "cat-stat-of-1";
            case "/proc/locks" -> "cat-locks";
            default -> throw new AssertionError(file);
        };
    }

    private Output set(List<String> argv) {
        timers.add(String.join(" ", argv));
        return Output.of("");
    }

    private Output stopped() {
        if (timers.isEmpty()) {
            return Output.failed(
                    5, "Failed to stop infrabridge-reboot.timer: Unit infrabridge-reboot.timer not loaded.");
        }
        timers.clear();
        return Output.of("");
    }
}
