package io.infrabridge.server.firewall;

import io.infrabridge.contract.Json;
import io.infrabridge.runtime.catalogue.ArgumentDecoder;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A rule as callers ask for it, on hosts as they were captured; we came to them from 10.88.0.9.
 *
 * @param more further arguments, such as {@code 'force':true}
 */
record Asked(Distro distro, String rule, String more) {
    static Asked ubuntu(String rule) {
        return new Asked(Distro.UBUNTU, rule, "");
    }

    static Asked rhel(String rule) {
        return new Asked(Distro.RHEL, rule, "");
    }

    Asked with(String arguments) {
        return new Asked(distro, rule, "," + arguments);
    }

    Rehearsal<?, ?> add() {
        return rehearsal(new AddRule(), "add_rule");
    }

    Rehearsal<?, ?> remove() {
        return rehearsal(new RemoveRule(), "remove_rule");
    }

    RuleInput input() {
        return new ArgumentDecoder()
                .decode(new AddRule().spec(), Json.parse(arguments("add_rule").replace('\'', '"')));
    }

    /** What the host's own way back is called. */
    String unit() {
        return Revert.of(input().firewallRule()).name();
    }

    List<String> armed(int number, String... back) {
        List<String> argv = new ArrayList<>(List.of(
                "systemd-run",
                "--quiet",
                "--collect",
                "--unit=" + unit() + "-" + number,
                "--timer-property=AccuracySec=100ms",
                "--on-active=30",
                "--"));
        argv.addAll(Arrays.asList(back));
        return argv;
    }

    List<String> calledOff(int number) {
        return List.of("systemctl", "stop", "--", unit() + "-" + number + ".timer");
    }

    Output[] ufw(String status, String rules) {
        return ufw(status, rules, "none");
    }

    Output[] ufw(String status, String rules, String timers) {
        return new Output[] {
            connection(),
            Captured.output("ss-sshd"),
            timers(timers),
            Captured.output("ufw-status-" + status),
            Captured.output("ufw-rules-" + rules)
        };
    }

    Output[] firewalld(String now, String kept, String direct) {
        return new Output[] {
            connection(),
            Captured.output("ss-sshd"),
            timers("none"),
            Captured.output("firewall-cmd-default-zone"),
            Captured.output("firewall-cmd-" + now),
            Captured.output("firewall-cmd-permanent-" + kept),
            Captured.output("firewall-cmd-direct-" + direct),
            Captured.output("firewall-cmd-direct-" + direct)
        };
    }

    Output[] firewalldThatDoesNotRun() {
        Output[] seen = firewalld("zones", "zones", "none");
        Arrays.fill(seen, 3, seen.length, Captured.error(252, "firewall-cmd-not-running.err"));
        return seen;
    }

    static Output[] locally(Output[] seen) {
        Output[] changed = seen.clone();
        changed[0] = Output.failed(1, "");
        return changed;
    }

    static Output connection() {
        return Output.of("10.88.0.9 40022 10.88.0.5 22\n");
    }

    /** The name of the captured timers was made up. */
    private Output timers(String captured) {
        return Output.of(
                Captured.text("systemctl-show-timers-" + captured).replace("infrabridge-revert-0a1b2c", unit()));
    }

    private Rehearsal<?, ?> rehearsal(HostOperation<RuleInput, RuleOutcome> operation, String action) {
        return new Rehearsal<>(operation, Rehearsal.host(distro), arguments(action));
    }

    private String arguments(String action) {
        return "{'operation':'firewall','action':'" + action + "','firewall_rule':{" + rule + "}" + more + "}";
    }
}
