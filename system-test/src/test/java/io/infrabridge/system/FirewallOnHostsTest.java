package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Firewalls of real hosts behind a jump host: rules come and go, and nobody is locked out, whatever is tried. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class FirewallOnHostsTest {
    private static final String WEB = "'action':'allow','port':'8443','protocol':'tcp'";
    private static final String NO_MAIL = "'action':'deny','port':'2525','protocol':'tcp','source':'192.0.2.0/24'";
    private static final String RANGE = "'action':'reject','port':'6000-6063','protocol':'tcp'";
    private static final String NOTHING_OUT = "'action':'deny','port':'25','protocol':'tcp','direction':'out'";
    private static final String SSH = "'action':'allow','port':'22','protocol':'tcp'";

    private final Rest rest;

    FirewallOnHostsTest(Rest rest) {
        this.rest = rest;
    }

    /** A host and its firewall, seen and prepared by other means. */
    enum Host {
        APP1("app1") {
            @Override
            void prepare() {
                sudo("ufw --force reset");
                sudo("ufw allow 22/tcp");
                sudo("ufw --force enable");
            }

            @Override
            void restore() {
                sudo("ufw --force disable");
                sudo("ufw --force reset");
            }

            @Override
            String state() {
                return sudo("ufw status numbered");
            }

            @Override
            String shown(String rule) {
                return switch (rule) {
                    case WEB -> "8443/tcp (v6)              ALLOW IN    Anywhere (v6)";
                    case NO_MAIL -> "2525/tcp                   DENY IN     192.0.2.0/24";
                    case RANGE -> "6000:6063/tcp              REJECT IN   Anywhere";
                    default -> "25/tcp                     DENY OUT    Anywhere";
                };
            }
        },
        RHEL1("rhel1") {
            @Override
            void prepare() {
                // what is open is a port and no service, so that it can be shut
                sudo("firewall-cmd --permanent --add-port=22/tcp");
                sudo("firewall-cmd --permanent --remove-service=ssh");
                sudo("firewall-cmd --reload");
            }

            @Override
            void restore() {
                sudo("firewall-cmd --permanent --add-service=ssh");
                sudo("firewall-cmd --permanent --remove-port=22/tcp");
                sudo("firewall-cmd --reload");
            }

            @Override
            String state() {
                return sudo("firewall-cmd --list-all")
                        + sudo("firewall-cmd --permanent --list-all")
                        + sudo("firewall-cmd --direct --get-all-rules");
            }

            @Override
            String shown(String rule) {
                return switch (rule) {
                    case WEB -> "8443/tcp";
                    case NO_MAIL ->
                        "rule family=\"ipv4\" source address=\"192.0.2.0/24\" port port=\"2525\" protocol=\"tcp\" drop";
                    case RANGE -> "rule port port=\"6000-6063\" protocol=\"tcp\" reject";
                    default -> "ipv6 filter OUTPUT 0 -p tcp --dport 25 -m conntrack --ctstate NEW -j DROP";
                };
            }
        };

        final String called;

        Host(String called) {
            this.called = called;
        }

        abstract void prepare();

        abstract void restore();

        abstract String state();

        abstract String shown(String rule);

        String sudo(String command) {
            String[] words = Stream.concat(Stream.of("sudo", "-n"), Stream.of(command.split(" ")))
                    .toArray(String[]::new);
            return Lab.on(called, words).successful();
        }
    }

    private void on(Host host) {
        Assumptions.assumeTrue(
                Lab.inventory().contains("name: " + host.called), "the lab that is up has no host " + host.called);
        host.prepare();
    }

    @AfterEach
    void leaveTheHostsAsTheyWere() {
        for (Host host : Host.values()) {
            if (Lab.inventory().contains("name: " + host.called)) {
                host.restore();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rulesComeAndGoAndAreThereOnce(Host host) {
        on(host);
        for (String rule : new String[] {WEB, NO_MAIL, RANGE, NOTHING_OUT}) {
            String before = host.state();
            assertThat(before).doesNotContain(host.shown(rule));

            assertSucceeded(ask(host, "add_rule", rule, ""), true);
            assertThat(host.state()).contains(host.shown(rule));
            assertSucceeded(ask(host, "add_rule", rule, ""), false);
            assertThat(list(host).at("/output/rules").toString())
                    .contains(Json.text(
                            Json.parse("{" + rule.replace('\'', '"') + "}").path("port")));

            assertSucceeded(ask(host, "remove_rule", rule, ""), true);
            assertThat(host.state()).isEqualTo(before);
            assertSucceeded(ask(host, "remove_rule", rule, ""), false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsListedCanBeRemovedAndAddedAsItIs(Host host) {
        on(host);
        assertSucceeded(ask(host, "add_rule", NO_MAIL, ""), true);
        for (JsonNode rule : list(host).at("/output/rules")) {
            String words = rule.toString();
            assertSucceeded(ask(host, "add_rule", words.substring(1, words.length() - 1), ""), false);
        }
        assertSucceeded(ask(host, "remove_rule", NO_MAIL, ""), true);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsLockedOut(Host host) {
        on(host);
        assertRefusedAndTakenBack(host, "add_rule", "'action':'deny','port':'22','protocol':'tcp'");
        assertRefusedAndTakenBack(host, "add_rule", "'action':'deny'");
        assertRefusedAndTakenBack(host, "remove_rule", SSH);
    }

    private void assertRefusedAndTakenBack(Host host, String action, String rule) {
        String before = host.state();

        JsonNode refused = ask(host, action, rule, "");
        assertThat(refused.path("state").asText()).as(refused.toPrettyString()).isEqualTo("FAILED");
        assertThat(refused.at("/error/category").asText()).isEqualTo("PRECONDITION_FAILED");
        assertThat(refused.at("/error/message").asText()).contains("SSH to port 22 from ");
        assertReachable(host, before);

        JsonNode forced = ask(host, action, rule, ",'force':true,'confirm_within_seconds':8");
        assertThat(forced.path("state").asText()).as(forced.toPrettyString()).isEqualTo("ROLLED_BACK");
        assertThat(forced.path("changed").asBoolean()).isFalse();
        assertReachable(host, before);
    }

    /** By a connection of its own, and with the rules that it had. */
    private static void assertReachable(Host host, String before) {
        assertThat(Lab.on(host.called, "true").exitCode()).isZero();
        assertThat(host.state()).isEqualTo(before);
    }

    private JsonNode list(Host host) {
        JsonNode operation = submitted("{\"operation\":\"firewall\",\"action\":\"list\"}", host);
        assertSucceeded(operation, false);
        return operation;
    }

    private JsonNode ask(Host host, String action, String rule, String more) {
        String arguments =
                "{'operation':'firewall','action':'" + action + "','firewall_rule':{" + rule + "}" + more + "}";
        return submitted(arguments.replace('\'', '"'), host);
    }

    private JsonNode submitted(String arguments, Host host) {
        ObjectNode request = Rest.request(Way.TOOL, arguments);
        ((ObjectNode) request.path("arguments")).put("remote_target", host.called);
        return rest.submit(request, Map.of("Prefer", "wait=80")).body();
    }

    private static void assertSucceeded(JsonNode operation, boolean changed) {
        Outcome.succeeded(operation, changed);
    }
}
