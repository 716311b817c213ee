package io.infrabridge.server.health;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.server.OddOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the programs say that tell how a host is kept, it is understood or counts as not known. */
final class OddHealthOutputTest {
    @Test
    void ofFailedUnitsAndTheClockIsReadOrRefused() {
        OddOutput.of(Captured.output("systemctl-one-failed"), Captured.output("timedatectl-not-synchronized"))
                .isReadOrRefused(output -> {
                    FailedUnits.parse(output);
                    Clock.parse(output);
                });
    }

    @Test
    void ofUpkeepIsReadOrRefused() {
        OddOutput.of(Captured.output("apt-get-upgradable"))
                .isReadOrRefused(output -> new AptUpkeep().seen(List.of(output, output)));
        OddOutput.of(Captured.output("dnf-security-updates"), Captured.output("dnf-reboot-required"))
                .isReadOrRefused(output -> new DnfUpkeep().seen(List.of(output, output)));
        OddOutput.of(Captured.output("realpath-kernels"))
                .isReadOrRefused(output -> new NixosUpkeep().seen(List.of(output)));
    }

    @Test
    void ofTheDistributionIsReadOrRefused() {
        OddOutput.of(Captured.output("cat-os-release-rocky"))
                .isReadOrRefused(output -> UpkeepSource.read(output, List.of()));
    }
}
