package io.infrabridge.server.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.DeclaredRule;
import io.infrabridge.server.nixos.NixosOutputs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The firewall of the lab's NixOS, whose configuration lets SSH in; we came to it from 10.88.0.9. */
final class NixosFirewallTest {
    static final Declared MAIL = Declared.nothing()
            .withFirewall(none -> List.of(
                    new DeclaredRule(
                            "allow",
                            "in",
                            "any",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("10.0.0.0/8"),
                            Optional.empty()),
                    new DeclaredRule(
                            "deny",
                            "in",
                            "tcp",
                            Optional.of(25),
                            Optional.of(25),
                            Optional.empty(),
                            Optional.of("no mail"))));

    private static final Declared WEB = Declared.nothing()
            .withFirewall(none -> List.of(new DeclaredRule(
                    "allow", "in", "tcp", Optional.of(80), Optional.of(81), Optional.empty(), Optional.empty())));

    private static final String BACK = "nixos-rebuild switch --rollback";

    @Test
    void tellsWhatIsDeclaredAndWhatTheConfigurationLetsIn() {
        JsonNode list = listed(looks(MAIL));
        assertThat(list.path("firewall").asText()).isEqualTo("nixos");
        assertThat(list.path("active").asBoolean()).isTrue();
        assertThat(list.path("default_incoming").asText()).isEqualTo("deny");
        assertThat(list.path("rules")).isEqualTo(Json.parse("""
                [{"port":"25","protocol":"tcp","action":"deny","direction":"in","comment":"no mail"},
                 {"protocol":"any","source":"10.0.0.0/8","action":"allow","direction":"in"}]"""));
        assertThat(list.path("other_rules").toString())
                .contains(
                        "nixos-fw -p tcp -m tcp --dport 22 -j nixos-fw-accept",
                        "nixos-fw -p icmp -m icmp --icmp-type 8 -j nixos-fw-accept (IPv4 only)")
                .doesNotContain("log-refuse");
        assertThat(list.path("notes")).isEmpty();
    }

    @Test
    void saysWhatIsDeclaredAndNotThere() {
        assertThat(listed(looks(WEB)).path("notes").toString()).contains("allow in tcp port 80-81");
        Output[] there = looks(WEB);
        there[6] = opened(there[6]);
        there[7] = opened(there[7]);
        assertThat(listed(there).path("notes")).isEmpty();
        assertThat(listed(there).path("other_rules").toString()).doesNotContain("80:81");
    }

    @Test
    void saysThatItDoesNotRunAndWhatIsNotSeen() {
        Output[] stopped = looks(MAIL);
        stopped[5] = Output.of(stopped[5].text().replace("=active", "=inactive"));
        assertThat(listed(stopped).path("active").asBoolean()).isFalse();
        assertThat(listed(stopped).path("notes").toString()).contains("does not run");
        assertThat(listed(nftables()).path("notes").toString()).contains("is not seen");
    }

    @Test
    void armsTheHostAfterTheBuildAndRightBeforeTheSwitch() {
        Asked deny = new Asked(Distro.NIXOS, "'action':'deny','port':'26','protocol':'tcp'", "");
        List<List<String>> plan = deny.add().plan(seen(looks(MAIL)));
        assertThat(plan.stream().map(argv -> String.join(" ", argv)).skip(2))
                .containsExactly(
                        "nixos-rebuild dry-build -I nixos-config=/etc/nixos/configuration.nix",
                        "nix-env --profile /nix/var/nix/profiles/system --set /run/current-system",
                        "nixos-rebuild boot -I nixos-config=/etc/nixos/configuration.nix",
                        "systemd-run --quiet --collect --unit=" + deny.unit()
                                + "-1 --timer-property=AccuracySec=100ms --on-active=210 -- " + BACK,
                        "nixos-rebuild switch -I nixos-config=/etc/nixos/configuration.nix",
                        "true",
                        "systemctl stop -- " + deny.unit() + "-1.timer");
    }

    @Test
    void addsAnAllowanceWithoutATimerAndOnce() {
        Asked web = new Asked(Distro.NIXOS, "'action':'allow','port':'80-81','protocol':'tcp'", "");
        assertThat(web.add().plan(seen(looks(MAIL)))).hasSize(4).noneMatch(argv -> argv.contains("true"));
        assertThat(web.add().plan(seen(looks(WEB)))).isEmpty();
        assertThat(web.remove().plan(seen(looks(MAIL)))).isEmpty();
        assertThat(web.remove().plan(seen(looks(WEB)))).hasSize(9);
    }

    @Test
    void refusesToShutUsOut() {
        Asked ssh = new Asked(Distro.NIXOS, "'action':'deny','port':'22','protocol':'tcp'", "");
        assertThat(ssh.add().refusal(seen(looks(MAIL))).message()).contains("SSH to port 22 from 10.88.0.9");
        assertThat(ssh.with("'force':true").add().plan(seen(looks(MAIL)))).hasSize(9);
        // the configuration of the host lets us in whatever we have declared
        Declared also = Declared.nothing()
                .withFirewall(none -> List.of(new DeclaredRule(
                        "allow", "in", "tcp", Optional.of(22), Optional.of(22), Optional.empty(), Optional.empty())));
        Asked allowance = new Asked(Distro.NIXOS, "'action':'allow','port':'22','protocol':'tcp'", "");
        assertThat(allowance.remove().refusal(seen(looks(also))).message()).contains("SSH to port 22");
        Output[] twice = looks(also);
        String line = "-A nixos-fw -p tcp -m tcp --dport 22 -j nixos-fw-accept\n";
        twice[6] = Output.of(twice[6].text() + line);
        twice[7] = Output.of(twice[7].text() + line);
        assertThat(allowance.remove().plan(seen(twice))).hasSize(9);
    }

    @Test
    void refusesWhatNftablesCannotHave() {
        Asked deny = new Asked(Distro.NIXOS, "'action':'deny','port':'26','protocol':'tcp'", "");
        assertThat(deny.add().refusal(seen(nftables())).message()).contains("nftables");
        Asked web = new Asked(Distro.NIXOS, "'action':'allow','port':'80','protocol':'tcp'", "");
        assertThat(web.add().plan(seen(nftables()))).hasSize(4);
    }

    static Output[] looks(Declared declared) {
        return Stream.concat(
                        NixosOutputs.running(declared).stream(),
                        Stream.of(
                                Captured.output("systemctl-show-firewall-nixos"),
                                Captured.output("iptables-nixos"),
                                Captured.output("ip6tables-nixos")))
                .toArray(Output[]::new);
    }

    private static Output[] nftables() {
        Output[] looks = looks(MAIL);
        looks[5] = Output.of("Id=firewall.service\nActiveState=inactive\n\nId=nftables.service\nActiveState=active\n");
        looks[6] = Output.failed(Output.NOT_FOUND, "iptables: command not found");
        looks[7] = looks[6];
        return looks;
    }

    private static Output opened(Output chain) {
        return Output.of(chain.text() + "-A nixos-fw -p tcp -m tcp --dport 80:81 -j nixos-fw-accept\n");
    }

    private static Output[] seen(Output[] looks) {
        Output timers = Captured.output("systemctl-show-timers-none");
        return Stream.concat(
                        Stream.of(Asked.connection(), Captured.output("ss-sshd"), Output.failed(1, timers.error())),
                        Stream.of(looks))
                .toArray(Output[]::new);
    }

    private static JsonNode listed(Output[] looks) {
        HostOperation<ListRules.Input, FirewallRules> list = new ListRules();
        return new Rehearsal<>(list, Rehearsal.host(Distro.NIXOS), "{'operation':'firewall','action':'list'}")
                .seen(looks);
    }
}
