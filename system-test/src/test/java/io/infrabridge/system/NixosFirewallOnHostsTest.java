package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The firewall of the NixOS-like host behind the jump host, whose rules are declared; iptables tells what is in force. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class NixosFirewallOnHostsTest {
    private static final String WEB = "'action':'allow','port':'8443','protocol':'tcp'";
    private static final String NO_MAIL = "'action':'deny','port':'2525','protocol':'tcp','source':'192.0.2.0/24'";
    private static final String RANGE = "'action':'reject','port':'6000-6063','protocol':'tcp'";
    private static final String NOTHING_OUT = "'action':'deny','port':'25','protocol':'tcp','direction':'out'";
    private static final String NO_SSH = "'action':'deny','port':'22','protocol':'tcp'";

    private final Clients clients;
    private final Rest rest;

    NixosFirewallOnHostsTest(Clients clients, Rest rest) {
        this.clients = clients;
        this.rest = rest;
    }

    @BeforeEach
    void nothingIsDeclared() {
        assumeTrue(Lab.has(NixosByHand.HOST), "the lab has no " + NixosByHand.HOST);
        NixosByHand.restore();
        // which is the first system that the module is in
        NixosByHand.sudo("nixos-rebuild", "switch");
    }

    @AfterEach
    void leaveTheHostAsItWas() {
        if (Lab.has(NixosByHand.HOST)) {
            NixosByHand.restore();
        }
    }

    @Test
    void allowancesComeAndGoAndAreThereOnce() {
        assertComesAndGoes(WEB, "8443", "-A nixos-fw -p tcp -m tcp --dport 8443");
    }

    @Test
    void denialsComeAndGoAndAreThereOnce() {
        assertComesAndGoes(NO_MAIL, "2525", "-A nixos-fw -s 192.0.2.0/24 ! -i lo -p tcp");
        assertComesAndGoes(RANGE, "6000-6063", "--dport 6000:6063 -j REJECT");
        assertComesAndGoes(NOTHING_OUT, "25", "-A infrabridge-out ! -o lo -p tcp");
    }

    @Test
    void whatWouldLockUsOutIsRefused() {
        String before = inForce();
        String system = NixosByHand.system();

        JsonNode refused = ask("add_rule", NO_SSH);
        assertThat(refused.at("/error/category").asText())
                .as(refused.toPrettyString())
                .isEqualTo("PRECONDITION_FAILED");
        assertThat(refused.at("/error/message").asText()).contains("SSH to port 22 from ");
        assertReachable(before, system);
    }

    /** By hand, because the host waits for as long as a switch may take: {@code -Dinfrabridge.nixos-lock-out=true}. */
    @Test
    void whatIsForcedIsTakenBackByTheHost() {
        assumeTrue(
                Boolean.getBoolean("infrabridge.nixos-lock-out"),
                "takes three and a half minutes: asked for by -Dinfrabridge.nixos-lock-out=true");
        String before = inForce();
        String system = NixosByHand.system();

        JsonNode forced = toItsEnd(arguments("add_rule", NO_SSH, ",'force':true,'confirm_within_seconds':8"));
        assertThat(forced.path("state").asText()).as(forced.toPrettyString()).isEqualTo("ROLLED_BACK");
        assertThat(forced.path("changed").asBoolean()).isFalse();
        assertReachable(before, system);
    }

    private void assertComesAndGoes(String rule, String port, String shown) {
        String before = inForce();
        assertThat(before).doesNotContain(shown);

        succeeded("add_rule", rule, true);
        assertThat(inForce()).contains(shown);
        succeeded("add_rule", rule, false);
        JsonNode list = clients.mcpCall("server_manage", targeted("{'operation':'firewall','action':'list'}"))
                .path("structuredContent");
        assertThat(list.at("/output/rules").findValuesAsText("port"))
                .as(list.toPrettyString())
                .containsExactly(port);

        succeeded("remove_rule", rule, true);
        assertThat(inForce()).isEqualTo(before);
        succeeded("remove_rule", rule, false);
    }

    /** By a connection of its own. */
    private static void assertReachable(String rules, String system) {
        assertThat(Lab.on(NixosByHand.HOST, "true").exitCode()).isZero();
        assertThat(inForce()).isEqualTo(rules);
        assertThat(NixosByHand.system()).isEqualTo(system);
        assertThat(Lab.on(NixosByHand.HOST, "systemctl", "list-timers", "--all").successful())
                .doesNotContain("infrabridge-revert");
    }

    private static String inForce() {
        return NixosByHand.sudo("iptables", "-w", "-S") + NixosByHand.sudo("ip6tables", "-w", "-S");
    }

    private void succeeded(String action, String rule, boolean changed) {
        JsonNode operation = ask(action, rule);
        Outcome.succeeded(operation, changed);
    }

    private JsonNode ask(String action, String rule) {
        return clients.mcpCall("server_manage", arguments(action, rule, "")).path("structuredContent");
    }

    /** The host goes back only after the time that a switch may take, for which no call waits. */
    private JsonNode toItsEnd(String arguments) {
        JsonNode begun = rest.submit(Rest.request("server_manage", arguments), Map.of("Prefer", "wait=0"))
                .body();
        rest.events(begun.path("id").asText());
        return rest.get("/api/v1/operations/" + begun.path("id").asText()).body();
    }

    private static String arguments(String action, String rule, String more) {
        return targeted(
                "{'operation':'firewall','action':'" + action + "','firewall_rule':{" + rule + "}" + more + "}");
    }

    private static String targeted(String arguments) {
        ObjectNode all = (ObjectNode) Json.parse(arguments.replace('\'', '"'));
        return Json.text(all.put("remote_target", NixosByHand.HOST));
    }
}
