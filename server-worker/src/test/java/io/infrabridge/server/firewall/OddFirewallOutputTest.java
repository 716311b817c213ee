package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.server.OddOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

class OddFirewallOutputTest {
    @Test
    void ofUfwIsReadOrRefused() {
        Output status = Captured.output("ufw-status-active");
        OddOutput.of(Captured.output("ufw-rules-ours"), Captured.output("ufw-rules-others"))
                .isReadOrRefused(odd -> read(new Ufw(), List.of(status, odd)));
        Output rules = Captured.output("ufw-rules-ours");
        OddOutput.of(Captured.output("ufw-status-others"), Captured.output("ufw-status-inactive"))
                .isReadOrRefused(odd -> read(new Ufw(), List.of(odd, rules)));
    }

    @Test
    void ofFirewalldIsReadOrRefused() {
        Output name = Captured.output("firewall-cmd-default-zone");
        Output zones = Captured.output("firewall-cmd-zones-ours");
        Output direct = Captured.output("firewall-cmd-direct-ours");
        OddOutput.of(name).isReadOrRefused(odd -> read(new Firewalld(), List.of(odd, zones, zones, direct, direct)));
        OddOutput.of(zones, Captured.output("firewall-cmd-zones-others"))
                .isReadOrRefused(odd -> read(new Firewalld(), List.of(name, odd, zones, direct, direct)));
        OddOutput.of(Captured.output("firewall-cmd-direct-others"))
                .isReadOrRefused(odd -> read(new Firewalld(), List.of(name, zones, zones, odd, direct)));
    }

    @Test
    void ofNixosIsReadOrRefused() {
        Output[] looks = NixosFirewallTest.looks(NixosFirewallTest.MAIL);
        for (int place : new int[] {0, 3, 4, 5, 6, 7}) {
            OddOutput.of(looks[place]).isReadOrRefused(odd -> {
                Output[] seen = looks.clone();
                seen[place] = odd;
                read(new NixosFirewall(), List.of(seen));
            });
        }
    }

    @Test
    void ofTheWayToTheHostIsReadOrRefused() {
        Output listeners = Captured.output("ss-sshd");
        OddOutput.of(Asked.connection()).isReadOrRefused(odd -> Doors.seen(odd, listeners));
        OddOutput.of(listeners).isReadOrRefused(odd -> Doors.seen(Output.failed(1, ""), odd));
        Revert revert = new Revert("infrabridge-revert-0a1b2c");
        OddOutput.of(Captured.output("systemctl-show-timers-armed")).isReadOrRefused(revert::pending);
    }

    /** All of what is read must be tellable, too. */
    private static void read(Firewall firewall, List<Output> looks) {
        firewall.state(looks).now().all().forEach(FirewallRule::text);
    }
}
