package io.infrabridge.server.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddRuleTest {
    private static final String WEB = "'action':'allow','port':'443','protocol':'tcp'";
    private static final String NO_SMTP = "'action':'deny','port':'2525','protocol':'tcp'";
    private static final List<String> ANEW = List.of("true");

    @Test
    void allowsOnUfw() {
        Asked web = Asked.ubuntu(WEB + ",'comment':'web for all'");
        Output[] before = web.ufw("active", "ssh");
        assertThat(web.add().plan(before))
                .containsExactly(words("ufw allow in proto tcp from any to any port 443 comment", "web for all"));
        assertThat(web.add().asRoot(before)).isTrue();
        assertThat(web.add().foreseenUndo(before))
                .containsExactly(words("ufw delete allow in proto tcp from any to any port 443"));
    }

    @Test
    void hasNothingToDoWhereItIsThere() {
        Asked ssh = Asked.ubuntu("'action':'allow','port':'22','protocol':'tcp'");
        assertThat(ssh.add().plan(ssh.ufw("active", "ssh"))).isEmpty();
        assertThat(ssh.add().seen(ssh.ufw("active", "ssh")).path("in_force").asBoolean())
                .isTrue();
        Asked port = Asked.rhel("'action':'allow','port':'8080','protocol':'tcp'");
        assertThat(port.add().plan(port.firewalld("zones-ours", "zones-ours", "ours")))
                .isEmpty();
    }

    @Test
    void saysThatItIsNotInForceWhileUfwIsInactive() {
        Asked ssh = Asked.ubuntu("'action':'allow','port':'22','protocol':'tcp'");
        var outcome = ssh.add().seen(ssh.ufw("inactive", "ssh"));
        assertThat(outcome.path("present").asBoolean()).isTrue();
        assertThat(outcome.path("in_force").asBoolean()).isFalse();
        assertThat(outcome.path("notes").get(0).asText()).contains("inactive");
        Asked deny = Asked.ubuntu(NO_SMTP);
        assertThat(deny.add().plan(deny.ufw("inactive", "ssh"))).hasSize(1);
    }

    @Test
    void commentsARuleAnew() {
        Asked ssh = Asked.ubuntu("'action':'allow','port':'22','protocol':'tcp','comment':'new'");
        assertThat(ssh.add().plan(ssh.ufw("active", "ssh")))
                .containsExactly(words("ufw allow in proto tcp from any to any port 22 comment", "new"));
        assertThat(ssh.add().foreseenUndo(ssh.ufw("active", "ssh")))
                .containsExactly(words("ufw allow in proto tcp from any to any port 22 comment", "ssh for people"));
    }

    @Test
    void deniesBeforeAllOthersUnderATimerOfTheHost() {
        Asked deny = Asked.ubuntu(NO_SMTP);
        assertThat(deny.add().plan(deny.ufw("active", "ssh")))
                .containsExactly(
                        deny.armed(1, "ufw delete deny in proto tcp from any to any port 2525".split(" ")),
                        words("ufw prepend deny in proto tcp from any to any port 2525"),
                        ANEW,
                        deny.calledOff(1));
    }

    @Test
    void changesWhatIsThereAboutTheSamePacketsInItsPlace() {
        Asked reject = Asked.ubuntu("'action':'reject','port':'80','protocol':'tcp','source':'10.0.0.0/8'");
        assertThat(reject.add().plan(reject.ufw("ours", "ours")))
                .containsExactly(
                        reject.armed(1, "ufw allow in proto tcp from 10.0.0.0/8 to any port 80".split(" ")),
                        words("ufw reject in proto tcp from 10.0.0.0/8 to any port 80"),
                        ANEW,
                        reject.calledOff(1));
    }

    @Test
    void takesARangeForBothProtocolsOnUfwAsTwoRules() {
        Asked range = Asked.ubuntu("'action':'deny','port':'8000-8100'");
        assertThat(range.add().plan(range.ufw("active", "ssh")))
                .containsExactly(
                        range.armed(1, "ufw delete deny in proto tcp from any to any port 8000:8100".split(" ")),
                        range.armed(2, "ufw delete deny in proto udp from any to any port 8000:8100".split(" ")),
                        words("ufw prepend deny in proto tcp from any to any port 8000:8100"),
                        words("ufw prepend deny in proto udp from any to any port 8000:8100"),
                        ANEW,
                        range.calledOff(1),
                        range.calledOff(2));
    }

    @Test
    void coversBothFamiliesWhereOnlyOneIsThere() {
        Asked deny = Asked.ubuntu("'action':'deny','port':'4444','protocol':'tcp'");
        assertThat(deny.add().plan(deny.ufw("others", "others")))
                .contains(words("ufw deny in proto tcp from any to any port 4444"));
    }

    @Test
    void putsARuleOfFirewalldIntoForceAndThenKeepsIt() {
        Asked web = Asked.rhel(WEB);
        Output[] before = web.firewalld("zones", "zones", "none");
        assertThat(web.add().plan(before))
                .containsExactly(
                        words("firewall-cmd --zone=public --add-port=443/tcp"),
                        words("firewall-cmd --permanent --zone=public --add-port=443/tcp"));
        assertThat(web.add().foreseenUndo(before))
                .containsExactly(
                        words("firewall-cmd --zone=public --remove-port=443/tcp"),
                        words("firewall-cmd --permanent --zone=public --remove-port=443/tcp"));
    }

    @Test
    void deniesOnFirewalldUnderATimerAndKeepsOnlyWhatHasProvedItself() {
        Asked deny = Asked.rhel(NO_SMTP + ",'source':'10.0.0.0/8'");
        String rule = "rule family=ipv4 source address=10.0.0.0/8 port port=2525 protocol=tcp drop";
        assertThat(deny.add().plan(deny.firewalld("zones", "zones", "none")))
                .containsExactly(
                        deny.armed(1, "firewall-cmd", "--zone=public", "--remove-rich-rule=" + rule),
                        List.of("firewall-cmd", "--zone=public", "--add-rich-rule=" + rule),
                        ANEW,
                        deny.calledOff(1),
                        List.of("firewall-cmd", "--permanent", "--zone=public", "--add-rich-rule=" + rule));
    }

    @Test
    void deniesWhatFirewalldAllowsInPlaceOfThat() {
        Asked deny = Asked.rhel("'action':'deny','port':'8080','protocol':'tcp'");
        String rule = "rule port port=8080 protocol=tcp drop";
        assertThat(deny.add().plan(deny.firewalld("zones-ours", "zones-ours", "ours")))
                .containsExactly(
                        deny.armed(1, "firewall-cmd", "--reload"),
                        List.of("firewall-cmd", "--zone=public", "--add-rich-rule=" + rule),
                        words("firewall-cmd --zone=public --remove-port=8080/tcp"),
                        ANEW,
                        deny.calledOff(1),
                        List.of("firewall-cmd", "--permanent", "--zone=public", "--add-rich-rule=" + rule),
                        words("firewall-cmd --permanent --zone=public --remove-port=8080/tcp"));
    }

    @Test
    void filtersWhatGoesOutByTheDirectInterfaceOfFirewalld() {
        Asked deny = Asked.rhel(NO_SMTP + ",'direction':'out'");
        String rule = " filter OUTPUT 0 -p tcp --dport 2525 -m conntrack --ctstate NEW -j DROP";
        assertThat(deny.add().plan(deny.firewalld("zones", "zones", "none")))
                .containsExactly(
                        deny.armed(1, "firewall-cmd", "--reload"),
                        words("firewall-cmd --direct --add-rule ipv4" + rule),
                        words("firewall-cmd --direct --add-rule ipv6" + rule),
                        ANEW,
                        deny.calledOff(1),
                        words("firewall-cmd --permanent --direct --add-rule ipv4" + rule),
                        words("firewall-cmd --permanent --direct --add-rule ipv6" + rule));
        Asked there = Asked.rhel("'action':'deny','port':'25','protocol':'tcp','direction':'out'");
        assertThat(there.add().plan(there.firewalld("zones-ours", "zones-ours", "ours")))
                .isEmpty();
    }

    @Test
    void keepsWhatIsOnlyInForce() {
        Asked port = Asked.rhel("'action':'allow','port':'8080','protocol':'tcp'");
        assertThat(port.add().plan(port.firewalld("zones-ours", "zones", "ours")))
                .containsExactly(words("firewall-cmd --permanent --zone=public --add-port=8080/tcp"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'action':'deny','port':'22','protocol':'tcp'",
                "'action':'reject','port':'22'",
                "'action':'deny','port':'1-1024','protocol':'any'",
                "'action':'deny'",
                "'action':'deny','protocol':'tcp'",
                "'action':'deny','source':'10.88.0.0/24'",
                "'action':'deny','source':'10.88.0.9','port':'22','protocol':'tcp'"
            })
    void refusesToShutTheDoorThatWeCameBy(String rule) {
        for (Failure refusal : List.of(
                Asked.ubuntu(rule).add().refusal(Asked.ubuntu(rule).ufw("active", "ssh")),
                Asked.ubuntu(rule).add().refusal(Asked.ubuntu(rule).ufw("inactive", "ssh")),
                Asked.rhel(rule).add().refusal(Asked.rhel(rule).firewalld("zones", "zones", "none")))) {
            assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
            assertThat(refusal.message()).contains("SSH to port 22 from 10.88.0.9");
            assertThat(refusal.hint()).contains("force");
        }
        Asked forced = Asked.ubuntu(rule).with("'force':true");
        assertThat(forced.add().plan(forced.ufw("active", "ssh"))).contains(ANEW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'action':'deny','port':'22','protocol':'udp'",
                "'action':'deny','port':'23-79','protocol':'tcp'",
                "'action':'deny','source':'10.89.0.0/24'",
                "'action':'deny','source':'2001:db8::/32'",
                "'action':'deny','port':'22','protocol':'tcp','direction':'out'"
            })
    void triesWhatShutsAnotherDoor(String rule) {
        Asked other = Asked.ubuntu(rule);
        assertThat(other.add().plan(other.ufw("active", "ssh"))).contains(ANEW);
    }

    @Test
    void guardsEveryDoorOfThisMachine() {
        Asked narrow = Asked.ubuntu("'action':'deny','source':'10.89.0.0/24','port':'22','protocol':'tcp'");
        Output[] here = Asked.locally(narrow.ufw("active", "ssh"));
        assertThat(narrow.add().refusal(here).message()).contains("SSH to port 22");
        Asked other = Asked.ubuntu(NO_SMTP);
        assertThat(other.add().plan(Asked.locally(other.ufw("active", "ssh")))).hasSize(4);
        Output[] unknown = Asked.locally(narrow.ufw("active", "ssh"));
        unknown[1] = Output.failed(Output.NOT_FOUND, "");
        assertThat(narrow.add().refusal(unknown).message()).contains("SSH to port 22");
    }

    @Test
    void provesWhatIsForcedEvenWhereItAllows() {
        Asked web = Asked.ubuntu(WEB).with("'force':true");
        assertThat(web.add().plan(web.ufw("active", "ssh"))).hasSize(4).contains(ANEW);
    }

    @Test
    void goesOnAtTheProofWhereAnEarlierWorkerDied() {
        Asked deny = Asked.ubuntu("'action':'deny','port':'23','protocol':'tcp'");
        assertThat(deny.add().plan(deny.ufw("ours", "ours", "armed"))).containsExactly(ANEW, deny.calledOff(1));
    }

    @Test
    void callsOffAnOldTimerBeforeItArmsItsOwn() {
        Asked deny = Asked.ubuntu(NO_SMTP);
        assertThat(deny.add().plan(deny.ufw("active", "ssh", "armed")).subList(0, 2))
                .containsExactly(
                        deny.calledOff(1),
                        deny.armed(1, "ufw delete deny in proto tcp from any to any port 2525".split(" ")));
    }

    @Test
    void waitsForTheHostBeforeItTakesAnythingBackItself() {
        Asked deny = Asked.ubuntu("'action':'deny','port':'23','protocol':'tcp'");
        Rehearsal<?, ?> add = deny.add();
        List<Output> before = List.of(deny.ufw("active", "ssh"));
        assertThat(add.foreseenUndo(deny.ufw("active", "ssh")))
                .containsExactly(deny.calledOff(1), add.probe().get(2));
        assertThat(add.undo(before, List.of(deny.ufw("ours", "ours"))))
                .containsExactly(deny.calledOff(1), words("ufw delete deny in proto tcp from any to any port 23"));
        assertThat(add.undo(before, before)).containsExactly(deny.calledOff(1));
    }

    @Test
    void knowsAsLongAsTheHostWillTakeItBack() {
        Asked deny = Asked.ubuntu(NO_SMTP);
        Revert revert = new Revert(deny.unit());
        assertThat(revert.pending(deny.ufw("active", "ssh", "armed")[2])).isTrue();
        assertThat(revert.pending(deny.ufw("active", "ssh", "none")[2])).isFalse();
        assertThat(revert.pending(Output.failed(1, "System has not been booted with systemd")))
                .isFalse();
    }

    @Test
    void needsAFirewalldThatRuns() {
        Asked web = Asked.rhel(WEB);
        var refusal = web.add().refusal(web.firewalldThatDoesNotRun());
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.hint()).contains("service_name=firewalld");
    }

    @Test
    void refusesADistributionWhoseFirewallItDoesNotKnow() {
        assertThat(new Asked(Distro.OTHER, WEB, "").add().refusedProbe().category())
                .isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "301", "0", "-5", "'30'"})
    void waitsNeitherTooShortNorTooLong(String seconds) {
        assertThatThrownBy(() -> Asked.ubuntu(WEB)
                        .with("'confirm_within_seconds':" + seconds)
                        .add())
                .isInstanceOf(InvalidArguments.class);
    }

    private static List<String> words(String command, String... last) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(command.split(" ")), java.util.Arrays.stream(last))
                .toList();
    }
}
