package io.infrabridge.server.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.server.CatalogueTest;
import io.infrabridge.server.OneRun;
import io.infrabridge.server.firewall.ScriptedFirewall;
import io.infrabridge.server.firewall.ScriptedHost;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of a firewall as a section of what is provisioned. */
final class ProvisionedRulesTest {
    private static final String RULES = "{'action':'allow','port':'8443','protocol':'tcp'},"
            + "{'action':'deny','port':'25','protocol':'tcp'},"
            + "{'action':'allow','port':'22','protocol':'tcp'},"
            + "{'action':'reject','direction':'out','port':'23','protocol':'tcp'}";

    private final ApplyProvision apply = new ApplyProvision(CatalogueTest.usual(ProvisionSettings.class));

    static Stream<Supplier<ScriptedFirewall>> firewalls() {
        return Stream.of(
                () -> new ScriptedFirewall.OfUbuntu("ufw allow in proto tcp from any to any port 22"),
                () -> new ScriptedFirewall.OfRhel("port=22/tcp"));
    }

    @ParameterizedTest
    @MethodSource("firewalls")
    void areBroughtAboutOnce(Supplier<ScriptedFirewall> firewall) {
        ScriptedHost host = new ScriptedHost(firewall.get());

        Ended ended = run(host, RULES);
        assertThat(ended.state()).as(ended.toString()).isEqualTo(State.SUCCEEDED);
        assertThat(((Provision) ended.output().orElseThrow()).diff()).isEqualTo("""
                        @@ firewall @@
                        - allow in tcp port 8443: absent
                        + allow in tcp port 8443: present
                        - deny in tcp port 25: absent
                        + deny in tcp port 25: present
                        - reject out tcp port 23: absent
                        + reject out tcp port 23: present""");
        assertThat(host.changes)
                .filteredOn("confirm"::equals)
                .as("each that denies")
                .hasSize(2);

        Ended again = run(host, RULES);
        assertThat(again.state()).isEqualTo(State.SUCCEEDED);
        assertThat(again.changed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("firewalls")
    void areTakenBackWhicheverStepFails(Supplier<ScriptedFirewall> firewall) {
        ScriptedHost all = new ScriptedHost(firewall.get());
        run(all, RULES);
        assertThat(all.changes).hasSizeGreaterThan(8);
        for (boolean afterItTookEffect : new boolean[] {false, true}) {
            for (int step = 1; step <= all.changes.size(); step++) {
                ScriptedHost host = new ScriptedHost(firewall.get());
                String before = host.state();
                host.failing = step;
                host.afterItTookEffect = afterItTookEffect;

                Ended ended = run(host, RULES);

                assertThat(host.state()).as("step %d: %s", step, host.changes).isEqualTo(before);
                assertThat(ended.state()).as("step %d: %s", step, host.changes).isIn(State.ROLLED_BACK, State.FAILED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("firewalls")
    void areNeverThoseThatLockUsOut(Supplier<ScriptedFirewall> firewall) {
        ScriptedHost host = new ScriptedHost(firewall.get());

        Ended ended = run(
                host,
                "{'action':'allow','port':'8443','protocol':'tcp'},{'action':'deny','port':'22','protocol':'tcp'}");

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(host.changes).isEmpty();
    }

    @Test
    void doNotContradictEachOther() {
        assertThatThrownBy(() -> run(
                        new ScriptedHost(firewalls().findFirst().orElseThrow().get()),
                        "{'action':'allow','port':'25'},{'action':'deny','port':'25'}"))
                .isInstanceOf(InvalidArguments.class)
                .hasMessageContaining("in port 25");
    }

    private Ended run(ScriptedHost host, String rules) {
        String arguments = "{'operation':'provision','action':'apply','config':{'firewall':[" + rules + "]}}";
        return OneRun.of(apply, arguments, host, "app1");
    }
}
