package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.JournalCursor;
import io.infrabridge.server.OddOutput;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever systemd and its journal say, it is understood or it is said that it is not. */
final class OddServiceOutputTest {
    private final ServiceManager manager = ServiceManager.usual();
    private final Output active = Captured.output("systemctl-show-active");

    @Test
    void ofUnitsIsReadOrRefused() {
        OddOutput.of(active, Captured.output("systemctl-show-failed"), Captured.output("systemctl-show-with-others"))
                .isReadOrRefused(shown -> {
                    Refusals.unknown(manager, shown);
                    Unit unit = manager.unit(shown);
                    unit.name();
                    InstallSection.look(manager, Probed.of(shown, active));
                    InstallSection.refusal(manager, unit, Probed.of(shown));
                });
    }

    @Test
    void ofTheBootTimeIsReadOrRefused() {
        OddOutput.of(Captured.output("grep-btime"))
                .isReadOrRefused(boot -> ServiceStatus.of(manager, Probed.of(active, boot)));
    }

    @Test
    void ofTheJournalIsReadOrRefused() {
        JournalCursor cursor = new JournalCursor("1795911996170103+1");
        OddOutput.of(Captured.output("journalctl-nginx"), Captured.output("journalctl-odd"))
                .isReadOrRefused(output -> {
                    JournalPage.parse(output, 3);
                    JournalPage.parse(output, 100, Optional.of(cursor));
                });
    }

    @Test
    void ofUnitsThatGoWithOthersIsReadOrRefused() {
        OddOutput.of(Captured.output("grep-also"), Captured.output("systemctl-show-others-enabled"))
                .isReadOrRefused(output -> {
                    InstallSection.look(manager, Probed.of(active, active, output));
                    manager.enabled(output);
                });
    }
}
