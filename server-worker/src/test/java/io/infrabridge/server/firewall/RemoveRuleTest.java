package io.infrabridge.server.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoveRuleTest {
    private static final String SSH = "'action':'allow','port':'22','protocol':'tcp'";
    private static final List<String> ANEW = List.of("true");

    @Test
    void removesUnderATimerThatPutsItBackInItsPlace() {
        Asked web = Asked.ubuntu("'action':'allow','port':'80','protocol':'tcp','source':'10.0.0.0/8'");
        assertThat(web.remove().plan(web.ufw("ours", "ours")))
                .containsExactly(
                        web.armed(1, "ufw insert 3 allow in proto tcp from 10.0.0.0/8 to any port 80".split(" ")),
                        List.of("ufw delete allow in proto tcp from 10.0.0.0/8 to any port 80".split(" ")),
                        ANEW,
                        web.calledOff(1));
    }

    @Test
    void putsALastRuleBackAtTheEndWithItsComment() {
        Asked ssh = Asked.ubuntu(SSH).with("'force':true");
        assertThat(ssh.remove().plan(ssh.ufw("active", "ssh")).get(0))
                .endsWith(
                        "ufw",
                        "allow",
                        "in",
                        "proto",
                        "tcp",
                        "from",
                        "any",
                        "to",
                        "any",
                        "port",
                        "22",
                        "comment",
                        "ssh for people");
        Asked ipv6 = Asked.ubuntu("'action':'allow','port':'443','protocol':'tcp','source':'2001:db8::/32'");
        assertThat(ipv6.remove().plan(ipv6.ufw("ours", "ours")).get(0)).contains("insert", "13");
    }

    @Test
    void hasNothingToDoWhereThereIsNone() {
        Asked none = Asked.ubuntu("'action':'allow','port':'8443'");
        assertThat(none.remove().plan(none.ufw("ours", "ours"))).isEmpty();
        assertThat(none.remove().seen(none.ufw("ours", "ours")).path("present").asBoolean())
                .isFalse();
        Asked zone = Asked.rhel("'action':'allow','port':'8443'");
        assertThat(zone.remove().plan(zone.firewalld("zones-ours", "zones-ours", "ours")))
                .isEmpty();
    }

    @Test
    void keepsTheRuleThatLetUsIn() {
        var refusal = Asked.ubuntu(SSH).remove().refusal(Asked.ubuntu(SSH).ufw("active", "ssh"));
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).contains("SSH to port 22 from 10.88.0.9");
        Output[] here = Asked.locally(Asked.ubuntu(SSH).ufw("active", "ssh"));
        assertThat(Asked.ubuntu(SSH).remove().refusal(here).message()).contains("SSH to port 22");
    }

    @Test
    void removesItWhereTheDefaultLetsUsIn() {
        Asked ssh = Asked.ubuntu(SSH);
        assertThat(ssh.remove().plan(ssh.ufw("allowing", "allowing"))).contains(ANEW);
    }

    /** The zone has the service ssh, which lets us in whatever ports it has. */
    @Test
    void removesFromFirewalldAtOnceAndForGoodOnlyAfterTheProof() {
        Asked port = Asked.rhel("'action':'allow','port':'8080','protocol':'tcp'");
        assertThat(port.remove().plan(port.firewalld("zones-ours", "zones-ours", "ours")))
                .containsExactly(
                        port.armed(1, "firewall-cmd", "--zone=public", "--add-port=8080/tcp"),
                        List.of("firewall-cmd", "--zone=public", "--remove-port=8080/tcp"),
                        ANEW,
                        port.calledOff(1),
                        List.of("firewall-cmd", "--permanent", "--zone=public", "--remove-port=8080/tcp"));
    }

    @Test
    void keepsThePortOfFirewalldThatLetUsIn() {
        Asked ssh = Asked.rhel("'action':'allow','port':'8080','protocol':'tcp'");
        Output[] seen = ssh.firewalld("zones-ours", "zones-ours", "ours");
        // as captured, but that we came to the port that is open
        seen[0] = Output.of("10.88.0.9 40022 10.88.0.5 8080\n");
        assertThat(ssh.remove().refusal(seen).message()).contains("SSH to port 8080 from 10.88.0.9");
    }

    @Test
    void removesWhatDeniesWithoutAsking() {
        Asked deny = Asked.ubuntu("'action':'deny','port':'23','protocol':'tcp'");
        assertThat(deny.remove().plan(deny.ufw("ours", "ours")).get(1))
                .containsExactly("ufw delete deny in proto tcp from any to any port 23".split(" "));
    }
}
