package io.infrabridge.server.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ListRulesTest {
    private static final String ASKED = "{'operation':'firewall','action':'list'}";
    private final Rehearsal<?, ?> ubuntu = new Rehearsal<>(new ListRules(), ASKED);
    private final Rehearsal<?, ?> rhel = new Rehearsal<>(new ListRules(), Rehearsal.host(Distro.RHEL), ASKED);

    @Test
    void tellsTheRulesOfUfwInTheirOrder() {
        JsonNode list = ubuntu.seen(Captured.output("ufw-status-ours"), Captured.output("ufw-rules-ours"));
        assertThat(list.path("firewall").asText()).isEqualTo("ufw");
        assertThat(list.path("active").asBoolean()).isTrue();
        assertThat(list.path("default_incoming").asText()).isEqualTo("deny");
        assertThat(list.path("default_outgoing").asText()).isEqualTo("allow");
        assertThat(list.path("other_rules")).isEmpty();
        assertThat(list.path("rules")).isEqualTo(Json.parse("""
                [{"port":"23","protocol":"tcp","action":"deny","direction":"in"},
                 {"port":"22","protocol":"tcp","action":"allow","direction":"in","comment":"ssh for people"},
                 {"port":"80","protocol":"tcp","source":"10.0.0.0/8","action":"allow","direction":"in"},
                 {"port":"60000-61000","protocol":"udp","action":"allow","direction":"in"},
                 {"port":"53","protocol":"any","action":"allow","direction":"in"},
                 {"protocol":"any","source":"10.1.2.3","action":"allow","direction":"in"},
                 {"port":"25","protocol":"tcp","source":"192.0.2.0/24","action":"reject","direction":"in",
                  "comment":"no # mail, 100% sure; `x` & $HOME"},
                 {"port":"25","protocol":"tcp","action":"deny","direction":"out"},
                 {"port":"443","protocol":"tcp","source":"2001:db8::/32","action":"allow","direction":"in"}]"""));
    }

    @Test
    void tellsWhatIsNotOfOurFormInTheWordsOfUfw() {
        JsonNode list = ubuntu.seen(Captured.output("ufw-status-others"), Captured.output("ufw-rules-others"));
        assertThat(texts(list.path("other_rules")))
                .containsExactly(
                        "limit tcp 2222 0.0.0.0/0 any 0.0.0.0/0 in",
                        "allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 OpenSSH - in",
                        "allow_log tcp 77 0.0.0.0/0 any 0.0.0.0/0 in",
                        "allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 in",
                        "allow udp 99 0.0.0.0/0 any 0.0.0.0/0 in_lan",
                        "route:allow any any 0.0.0.0/0 any 0.0.0.0/0 in_lan!out_lo",
                        "allow udp 200 0.0.0.0/0 100 10.3.0.0/16 in",
                        "allow gre any 0.0.0.0/0 any 10.3.0.1 in",
                        "deny tcp 4444 0.0.0.0/0 any 0.0.0.0/0 in (IPv4 only)",
                        "allow tcp 8080 10.88.0.5 any 0.0.0.0/0 in",
                        "allow tcp 4445 ::/0 any ::/0 in (IPv6 only)");
        assertThat(list.path("rules")).hasSize(10);
        assertThat(list.path("rules").get(8).path("comment").asText()).isEqualTo("für ünï");
    }

    @Test
    void saysThatAnInactiveUfwIsNotInForce() {
        JsonNode list = ubuntu.seen(Captured.output("ufw-status-inactive"), Captured.output("ufw-rules-ssh"));
        assertThat(list.path("active").asBoolean()).isFalse();
        assertThat(list.path("rules")).hasSize(1);
        assertThat(list.path("notes").get(0).asText()).contains("inactive");
    }

    @Test
    void tellsTheRulesOfFirewalld() {
        JsonNode list = rhel.seen(firewalld("zones-ours", "permanent-zones-ours", "direct-ours"));
        assertThat(list.path("firewall").asText()).isEqualTo("firewalld");
        assertThat(list.path("zone").asText()).isEqualTo("public");
        assertThat(list.path("default_incoming").asText()).isEqualTo("reject");
        assertThat(list.path("notes")).isEmpty();
        assertThat(texts(list.path("other_rules"))).containsExactly("service dhcpv6-client", "service ssh");
        assertThat(list.path("rules")).isEqualTo(Json.parse("""
                [{"port":"23","protocol":"tcp","action":"deny","direction":"in"},
                 {"port":"25","protocol":"tcp","action":"deny","direction":"out"},
                 {"port":"5000-5010","protocol":"udp","source":"10.88.0.0/24","action":"reject","direction":"out"},
                 {"port":"8080","protocol":"tcp","action":"allow","direction":"in"},
                 {"port":"8000-8100","protocol":"udp","action":"allow","direction":"in"},
                 {"protocol":"any","source":"10.8.0.0/16","action":"allow","direction":"in"},
                 {"port":"80","protocol":"tcp","source":"10.0.0.0/24","action":"allow","direction":"in"},
                 {"protocol":"udp","source":"10.9.0.1","action":"allow","direction":"in"},
                 {"port":"25","protocol":"tcp","source":"2001:db8::/32","action":"reject","direction":"in"}]"""));
    }

    @Test
    void tellsWhatIsNotOfOurFormInTheWordsOfFirewalld() {
        JsonNode list = rhel.seen(firewalld("zones-others", "permanent-zones-ours", "direct-others"));
        assertThat(texts(list.path("other_rules")))
                .contains(
                        "rule port port=\"2222\" protocol=\"tcp\" accept limit value=\"3/m\"",
                        "rule service name=\"http\" log prefix=\"web\" level=\"info\" accept",
                        "rule priority=\"5\" family=\"ipv4\" source address=\"10.7.0.0/16\" accept",
                        "rule family=\"ipv4\" source NOT address=\"10.6.0.0/16\" drop",
                        "rule family=\"ipv4\" port port=\"99\" protocol=\"tcp\" accept",
                        "rule port port=\"98\" protocol=\"sctp\" accept",
                        "protocol gre",
                        "source-port 99/udp",
                        "icmp-block echo-request",
                        "forward-port port=88:proto=tcp:toport=8088:toaddr=",
                        "masquerade",
                        "direct ipv4 filter INPUT 0 -p tcp --dport 9 -j ACCEPT");
        assertThat(list.path("rules").toString())
                .contains("{\"protocol\":\"any\",\"action\":\"deny\",\"direction\":\"in\"}");
        assertThat(texts(list.path("notes")))
                .contains(
                        "Only until firewalld is reloaded: deny in everything.",
                        "Other zones are active too: trusted.");
    }

    @Test
    void saysThatFirewalldDoesNotRun() {
        Output[] none = new Output[5];
        java.util.Arrays.fill(none, Captured.error(252, "firewall-cmd-not-running.err"));
        JsonNode list = rhel.seen(none);
        assertThat(list.path("active").asBoolean()).isFalse();
        assertThat(list.path("rules")).isEmpty();
        assertThat(list.path("notes").get(0).asText()).contains("does not run");
    }

    @Test
    void looksAsRootAndChangesNothing() {
        assertThat(ubuntu.probe())
                .containsExactly(
                        List.of("ufw", "status", "verbose"),
                        List.of("cat", "--", "/etc/default/ufw", "/etc/ufw/user.rules", "/etc/ufw/user6.rules"));
        assertThat(rhel.probe()).hasSize(5).allSatisfy(argv -> assertThat(argv).startsWith("firewall-cmd"));
    }

    @Test
    void refusesADistributionWhoseFirewallItDoesNotKnow() {
        var refusal = new Rehearsal<>(new ListRules(), Rehearsal.host(Distro.OTHER), ASKED).refusedProbe();
        assertThat(refusal.category()).isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    @Test
    void doesNotUnderstandGarbage() {
        Output rules = Captured.output("ufw-rules-ours");
        assertThatThrownBy(() -> ubuntu.seen(Output.of("Status: wach"), rules)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> ubuntu.seen(Output.of("Status: active"), Output.of("garbage")))
                .isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> ubuntu.seen(Output.of("Status: active"), new Output(0, rules.text(), "", true)))
                .isInstanceOf(UnexpectedOutput.class);
        Output[] seen = firewalld("zones", "permanent-zones", "direct-none");
        for (int i = 0; i < 3; i++) {
            Output[] odd = seen.clone();
            odd[i] = Output.of("no such thing as this");
            assertThatThrownBy(() -> rhel.seen(odd)).isInstanceOf(UnexpectedOutput.class);
        }
    }

    private static Output[] firewalld(String now, String kept, String direct) {
        return new Output[] {
            Captured.output("firewall-cmd-default-zone"),
            Captured.output("firewall-cmd-" + now),
            Captured.output("firewall-cmd-" + kept),
            Captured.output("firewall-cmd-" + direct),
            Captured.output("firewall-cmd-" + direct)
        };
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
