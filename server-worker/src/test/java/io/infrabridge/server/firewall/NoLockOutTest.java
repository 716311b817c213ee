package io.infrabridge.server.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Continuity;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.execution.Fenced;
import io.infrabridge.runtime.execution.StepRecord;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.server.OneRun;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.DeclaredRule;
import io.infrabridge.server.nixos.SimulatedNixos;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of a firewall fails at each of its steps, and the host ends as it began; so it does where nobody can come to it. */
class NoLockOutTest {
    private static final Declared WEB = Declared.nothing()
            .withFirewall(none -> List.of(new DeclaredRule(
                    "allow", "in", "tcp", Optional.of(80), Optional.of(80), Optional.empty(), Optional.of("web"))));

    /** A change that has several steps. */
    record Change(String name, Supplier<ScriptedFirewall> firewall, boolean add, String rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Change> changes() {
        Supplier<ScriptedFirewall> ufw = () -> new ScriptedFirewall.OfUbuntu(
                "ufw allow in proto tcp from any to any port 22",
                "ufw allow in proto tcp from any to any port 80",
                "ufw allow in proto tcp from 2001:db8::/32 to any port 80",
                "ufw allow in proto tcp from any to any port 443");
        Supplier<ScriptedFirewall> firewalld = () -> new ScriptedFirewall.OfRhel(
                "port=22/tcp", "port=80/tcp", "rich-rule=rule family=ipv4 source address=10.0.0.0/8 accept");
        Supplier<ScriptedFirewall> nixos = () -> new ScriptedNixosFirewall(new SimulatedNixos());
        Supplier<ScriptedFirewall> managed = () -> new ScriptedNixosFirewall(new SimulatedNixos().goneBackTo(WEB));
        return Stream.of(
                new Change("nixos adds an allowance", nixos, true, "'action':'allow','port':'8443','protocol':'tcp'"),
                new Change("nixos denies", nixos, true, "'action':'deny','port':'25','protocol':'tcp'"),
                new Change("nixos denies after it was gone back", managed, true, "'action':'deny','port':'25-30'"),
                new Change("nixos turns an allowance", managed, true, "'action':'reject','port':'80','protocol':'tcp'"),
                new Change("nixos removes", managed, false, "'action':'allow','port':'80','protocol':'tcp'"),
                new Change(
                        "nixos denies what goes out", managed, true, "'action':'deny','direction':'out','port':'25'"),
                new Change("ufw adds an allowance", ufw, true, "'action':'allow','port':'8443','protocol':'tcp'"),
                new Change("ufw denies", ufw, true, "'action':'deny','port':'25','protocol':'tcp'"),
                new Change("ufw denies a range", ufw, true, "'action':'deny','port':'25-30'"),
                new Change("ufw turns an allowance", ufw, true, "'action':'reject','port':'80','protocol':'tcp'"),
                new Change("ufw removes from the middle", ufw, false, "'action':'allow','port':'80','protocol':'tcp'"),
                new Change("ufw removes the last", ufw, false, "'action':'allow','port':'443','protocol':'tcp'"),
                new Change("ufw denies what goes out", ufw, true, "'action':'deny','direction':'out','port':'25'"),
                new Change("firewalld adds an allowance", firewalld, true, "'action':'allow','port':'8443'"),
                new Change("firewalld denies", firewalld, true, "'action':'deny','source':'192.0.2.0/24'"),
                new Change(
                        "firewalld turns an allowance",
                        firewalld,
                        true,
                        "'action':'reject','port':'80','protocol':'tcp'"),
                new Change("firewalld removes", firewalld, false, "'action':'allow','port':'80','protocol':'tcp'"),
                new Change(
                        "firewalld denies what goes out",
                        firewalld,
                        true,
                        "'action':'deny','direction':'out','port':'25'"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isDoneAndThenThere(Change change) {
        ScriptedHost host = new ScriptedHost(change.firewall().get());

        assertThat(run(host, change).state()).isEqualTo(State.SUCCEEDED);
        assertThat(host.timers).isEmpty();

        Ended again = run(host, change);
        assertThat(again.state()).isEqualTo(State.SUCCEEDED);
        assertThat(again.changed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void endsAsItBeganWhicheverStepFails(Change change) {
        for (boolean afterItTookEffect : new boolean[] {false, true}) {
            for (int step = 1; step <= steps(change); step++) {
                ScriptedHost host = new ScriptedHost(change.firewall().get());
                String before = host.state();
                host.failing = step;
                host.afterItTookEffect = afterItTookEffect;

                Ended ended = run(host, change);

                assertThat(host.state()).as("step %d: %s", step, host.changes).isEqualTo(before);
                assertThat(ended.state()).as("step %d: %s", step, host.changes).isIn(State.ROLLED_BACK, State.FAILED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void endsAsItBeganWhereNobodyCanComeToItAnymore(Change change) {
        ScriptedHost host = new ScriptedHost(change.firewall().get());
        String before = host.state();
        host.reachable = false;

        Ended ended = run(host, change);

        if (host.changes.contains("confirm")) {
            assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
            assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.HOST_UNREACHABLE);
            assertThat(host.state()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void noticesThatTheHostTookItBackAfterTheProof(Change change) {
        ScriptedHost host = new ScriptedHost(change.firewall().get());
        String before = host.state();
        host.late = true;

        Ended ended = run(host, change);

        if (host.changes.contains("confirm")) {
            assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
            assertThat(host.state()).isEqualTo(before);
        }
    }

    /** The worker dies before each of its steps; the next one goes on, or the host has taken it back by then. */
    @ParameterizedTest
    @MethodSource("changes")
    void isFinishedByTheNextWorkerWhereverTheFirstOneDies(Change change) {
        for (int step = 1; step <= steps(change); step++) {
            ScriptedHost host = new ScriptedHost(change.firewall().get());
            AtomicReference<StepRecord> written = new AtomicReference<>();
            int last = step;
            try {
                run(host, change, new Continuity("o1", Optional.empty(), record -> {
                    written.set(record);
                    return host.changes.size() == last - 1
                            ? Uni.createFrom().failure(new Fenced())
                            : Uni.createFrom().voidItem();
                }));
            } catch (Fenced died) {
                assertThat(host.changes).hasSize(last - 1);
            }

            Ended ended = run(
                    host,
                    change,
                    new Continuity(
                            "o1",
                            Optional.of(written.get()),
                            record -> Uni.createFrom().voidItem()));

            assertThat(ended.state()).as("died before step %d", step).isEqualTo(State.SUCCEEDED);
            assertThat(host.timers).isEmpty();
            assertThat(run(host, change).changed()).isFalse();
        }
    }

    @Test
    void lastsNotBeforeItHasProvedItself() {
        ScriptedFirewall.OfRhel firewall = new ScriptedFirewall.OfRhel("port=22/tcp");
        ScriptedHost host = new ScriptedHost(firewall);
        host.reachable = false;

        run(host, new Change("", () -> firewall, true, "'action':'deny','port':'25','protocol':'tcp'"));

        assertThat(host.changes).noneMatch(command -> command.contains("--permanent"));
    }

    /** How many commands it takes when nothing fails. */
    private static int steps(Change change) {
        ScriptedHost host = new ScriptedHost(change.firewall().get());
        run(host, change);
        return host.changes.size();
    }

    private static Ended run(ScriptedHost host, Change change) {
        return run(host, change, Continuity.none("o1"));
    }

    private static Ended run(ScriptedHost host, Change change, Continuity continuity) {
        HostOperation<RuleInput, RuleOutcome> operation = change.add() ? new AddRule() : new RemoveRule();
        String arguments = "{'operation':'firewall','action':'" + (change.add() ? "add_rule" : "remove_rule")
                + "','firewall_rule':{" + change.rule() + "},'confirm_within_seconds':5}";
        return OneRun.of(operation, arguments, host, "app1", continuity);
    }
}
