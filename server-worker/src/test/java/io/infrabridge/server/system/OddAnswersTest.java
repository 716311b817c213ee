package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.UserName;
import io.infrabridge.server.OddOutput;
import io.infrabridge.server.measure.OsRelease;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Every parser of this package is given what it does not expect. */
final class OddAnswersTest {
    private static final UserName PRACTICE = new UserName("practice");

    private final Output boot = Captured.output("cat-boot");
    private final Output first = Captured.output("cat-stat-of-1");
    private final Output date = Captured.output("date-utc");

    @Test
    void ofTheKernel() {
        OddOutput.of(boot)
                .isReadOrRefused(odd -> Boot.parse(Probed.of(odd, first, date)).bootedAt());
        OddOutput.of(first, Output.failed(1, ""))
                .isReadOrRefused(odd -> Boot.parse(Probed.of(boot, odd, date)).bootedAt());
        OddOutput.of(date)
                .isReadOrRefused(odd -> Boot.parse(Probed.of(boot, first, odd)).bootedAt());
        Output traffic = Captured.output("cat-traffic-first");
        OddOutput.of(traffic, Captured.output("cat-traffic-second")).isReadOrRefused(odd -> {
            Traffic.parse(odd).disksSince(Traffic.parse(traffic));
            Traffic.parse(traffic).networksSince(Traffic.parse(odd));
        });
    }

    @Test
    void ofProgramsThatListHardware() {
        OddOutput.of(Captured.output("ip-address")).isReadOrRefused(Address::parse);
        OddOutput.of(Captured.output("lsblk"), Captured.output("lsblk-app2")).isReadOrRefused(BlockDevice::parse);
        OddOutput.of(Captured.output("lscpu")).isReadOrRefused(Processor::model);
        OddOutput.of(Captured.output("cat-os-release"))
                .isReadOrRefused(odd -> OsRelease.parse(odd).family());
    }

    @Test
    void ofProgramsThatListProcesses() {
        OddOutput.of(Captured.output("ps-by-cpu")).isReadOrRefused(RunningProcess::parse);
        Output[] quiet = {
            Captured.output("ps-names"),
            Captured.output("stat-locks-held"),
            Captured.output("cat-locks-held"),
            Captured.output("find-marks"),
            Captured.output("systemctl-revert-timer")
        };
        for (int i = 0; i < quiet.length; i++) {
            int place = i;
            OddOutput.of(quiet[i]).isReadOrRefused(odd -> {
                Output[] seen = quiet.clone();
                seen[place] = odd;
                Undertakings.found(Probed.of(seen), 0, Instant.EPOCH);
                Undertakings.rebootIsComing(Probed.of(seen), 0);
            });
        }
    }

    @Test
    void ofProgramsThatKnowAccounts() {
        OddOutput.of(Captured.output("getent-passwd")).isReadOrRefused(Accounts::users);
        OddOutput.of(Captured.output("getent-group")).isReadOrRefused(Accounts::groups);
        Output there = Captured.output("getent-passwd-practice");
        Output status = Captured.output("passwd-usable");
        Output age = Captured.output("chage-later");
        OddOutput.of(status).isReadOrRefused(odd -> AccountLock.parse(PRACTICE, Probed.of(there, odd, age, date)));
        OddOutput.of(age, Captured.output("chage-open"))
                .isReadOrRefused(odd -> AccountLock.parse(PRACTICE, Probed.of(there, status, odd, date))
                        .expired());
    }

    @Test
    void ofProgramsThatNameTheHostAndItsZone() {
        SystemdSettings settings = new SystemdSettings();
        Output name = Captured.output("uname-name");
        Output zones = Output.of("Etc/UTC\nEurope/Berlin\n");
        OddOutput.of(name).isReadOrRefused(odd -> settings.name(Probed.of(name, odd)));
        OddOutput.of(Captured.output("readlink-localtime"))
                .isReadOrRefused(odd -> settings.zone(Probed.of(odd, zones)));
    }
}
