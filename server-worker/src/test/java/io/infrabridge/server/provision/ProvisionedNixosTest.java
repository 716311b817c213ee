package io.infrabridge.server.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Continuity;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.execution.Fenced;
import io.infrabridge.runtime.execution.StepRecord;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.runtime.value.FileMode;
import io.infrabridge.server.CatalogueTest;
import io.infrabridge.server.OneRun;
import io.infrabridge.server.firewall.ScriptedHost;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.DeclaredFile;
import io.infrabridge.server.nixos.DeclaredRule;
import io.infrabridge.server.nixos.SimulatedNixos;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several sections of what is provisioned on NixOS, which all are declared in one file and built once. */
final class ProvisionedNixosTest {
    private static final String BASICS =
            "'hostname':'web1','timezone':'Europe/Berlin','packages':['htop','nginx'],'users':[{'name':'deploy'}]";
    private static final String SERVICES = "'services':[{'name':'practice','enabled':true,'running':true},"
            + "{'name':'infrabridge-hello','enabled':true},"
            + "{'name':'old','enabled':false,'running':false},"
            + "{'name':'lazy','running':false}]";
    private static final String FILES = "'files':[{'path':'/etc/app/app.conf','content':'for {{name}}\\n',"
            + "'variables':[{'name':'name','value':'everybody'}]},{'path':'/etc/motd.app','content':'x','mode':'0444'}],"
            + "'sysctl':[{'key':'net.ipv4.tcp_keepalive_time','value':'600'}]";
    private static final String PLAIN =
            BASICS + "," + SERVICES + "," + FILES + ",'firewall':[{'action':'allow','port':'8443','protocol':'tcp'}]";
    private static final String RISKY = BASICS + "," + SERVICES + "," + FILES
            + ",'firewall':[{'action':'allow','port':'8443','protocol':'tcp'},"
            + "{'action':'deny','port':'25','protocol':'tcp'},{'action':'reject','direction':'out','port':'23'}]";
    /** Of what was declared before. */
    private static final Declared FORMER = Declared.nothing()
            .withPackages(List.of(new AttributePath("htop")))
            .withService("infrabridge-hello", true)
            .withUnit("practice", true)
            .withSysctl("net.ipv4.tcp_keepalive_time", "900")
            .withFile("app/app.conf", new DeclaredFile("for us\n", new FileMode("0444")));

    private static final String SWITCH = "nixos-rebuild switch -I nixos-config=/etc/nixos/configuration.nix";

    private final ApplyProvision apply = new ApplyProvision(CatalogueTest.usual(ProvisionSettings.class));
    private final PlanProvision plan = new PlanProvision(CatalogueTest.usual(ProvisionSettings.class));
    private final SimulatedNixosServer server = new SimulatedNixosServer(new SimulatedNixos());
    private final ScriptedHost host = new ScriptedHost(server);

    @Test
    void isBroughtAboutByOneRebuildAndOnce() {
        Ended planned = run(plan, "plan", host, PLAIN);
        assertThat(((Provision) planned.output().orElseThrow()).diff()).isEqualTo("""
                        @@ hostname @@
                        - hostname: nixos1
                        + hostname: web1
                        @@ timezone @@
                        - timezone: Etc/UTC
                        + timezone: Europe/Berlin
                        @@ packages @@
                        - htop: absent
                        + htop: installed
                        - nginx: absent
                        + nginx: installed
                        @@ files @@
                        --- /etc/app/app.conf absent
                        +++ /etc/app/app.conf 0644 root:root, 14 bytes
                        @@ -0,0 +1 @@
                        +for everybody
                        --- /etc/motd.app absent
                        +++ /etc/motd.app 0444 root:root, 1 bytes
                        @@ -0,0 +1 @@
                        +x
                        \\ No newline at end of file
                        @@ sysctl @@
                        - net.ipv4.tcp_keepalive_time: 7200 until the next boot
                        + net.ipv4.tcp_keepalive_time: 600
                        @@ firewall @@
                        - allow in tcp port 8443: absent
                        + allow in tcp port 8443: present
                        @@ services @@
                        - practice: disabled, inactive
                        + practice: enabled, active
                        - infrabridge-hello: absent
                        + infrabridge-hello: enabled
                        - old: enabled, active
                        + old: disabled, inactive
                        @@ users @@
                        - deploy: absent
                        + deploy: an account""");
        assertThat(host.changes).isEmpty();

        Ended first = run(apply, "apply", host, PLAIN);
        assertThat(first.state()).as(first.toString()).isEqualTo(State.SUCCEEDED);
        assertThat(first.output()).isEqualTo(planned.output());
        assertThat(host.changes).filteredOn(change -> change.contains("switch")).containsExactly(SWITCH);
        assertThat(server.running())
                .isEqualTo(Declared.nothing()
                        .withHostName("web1")
                        .withTimeZone("Europe/Berlin")
                        .withPackages(List.of(new AttributePath("htop"), new AttributePath("nginx")))
                        .withFirewall(none -> List.of(rule("allow", 8443)))
                        .withUnit("practice", true)
                        .withService("infrabridge-hello", true)
                        .withUnit("old", false)
                        .withSysctl("net.ipv4.tcp_keepalive_time", "600")
                        .withFile("app/app.conf", new DeclaredFile("for everybody\n", new FileMode("0644")))
                        .withFile("motd.app", new DeclaredFile("x", new FileMode("0444"))));
        assertThat(server.etc.text("/etc/app/app.conf")).contains("for everybody\n");
        assertThat(server.kernel).containsEntry("net.ipv4.tcp_keepalive_time", "600");
        assertThat(server.active).containsExactly("infrabridge-hello", "practice", "ssh");

        Ended second = run(apply, "apply", host, PLAIN);
        assertThat(second.state()).isEqualTo(State.SUCCEEDED);
        assertThat(second.changed()).isFalse();
        assertThat(((Provision) second.output().orElseThrow()).changes()).isEmpty();
    }

    @Test
    void stopsBeforeTheRebuildAndStartsAfterTheAccounts() {
        run(apply, "apply", host, PLAIN);
        assertThat(host.changes.get(0)).isEqualTo("systemctl stop -- old.service");
        assertThat(host.changes)
                .containsSubsequence(
                        SWITCH,
                        "useradd --create-home --home-dir /home/deploy --user-group --password * --shell /bin/bash -- deploy",
                        "systemctl start -- practice.service",
                        "systemctl stop -- lazy.service");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, RISKY})
    void endsAsItBeganWhicheverStepFails(String config) {
        for (Optional<Declared> former : List.of(Optional.<Declared>empty(), Optional.of(FORMER))) {
            ScriptedHost all = began(former);
            assertThat(run(apply, "apply", all, config).state()).isEqualTo(State.SUCCEEDED);
            for (boolean afterItTookEffect : new boolean[] {false, true}) {
                for (int step = 1; step <= all.changes.size(); step++) {
                    ScriptedHost one = began(former);
                    String before = one.state();
                    one.failing = step;
                    one.afterItTookEffect = afterItTookEffect;

                    Ended ended = run(apply, "apply", one, config);

                    assertThat(one.state()).as("step %d: %s", step, one.changes).isEqualTo(before);
                    assertThat(ended.state())
                            .as("step %d: %s", step, one.changes)
                            .isIn(State.ROLLED_BACK, State.FAILED);
                }
            }
        }
    }

    @Test
    void isUnderAGuardAsAWholeWhereARuleIsRisky() {
        Ended ended = run(apply, "apply", host, RISKY);

        assertThat(ended.state()).as(ended.toString()).isEqualTo(State.SUCCEEDED);
        assertThat(host.changes.stream().map(change -> change.replaceAll("infrabridge-revert-[0-9a-f]+", "REVERT")))
                .containsSubsequence(
                        "nixos-rebuild boot -I nixos-config=/etc/nixos/configuration.nix",
                        "systemd-run --quiet --collect --unit=REVERT-1 --timer-property=AccuracySec=100ms"
                                + " --on-active=210 -- nixos-rebuild switch --rollback",
                        SWITCH,
                        "confirm",
                        "systemctl stop -- REVERT-1.timer",
                        "systemctl start -- practice.service");
        assertThat(host.changes).filteredOn("confirm"::equals).hasSize(1);
        assertThat(server.running().firewall())
                .extracting(DeclaredRule::action)
                .containsExactly("reject", "deny", "allow");
        assertThat(run(apply, "apply", host, RISKY).changed()).isFalse();
    }

    @Test
    void isTakenBackByTheHostWhereNobodyCanComeToItAnymore() {
        String before = host.state();
        host.reachable = false;

        Ended ended = run(apply, "apply", host, RISKY);

        assertThat(host.changes).contains("confirm");
        assertThat(ended.state()).as(ended.toString()).isEqualTo(State.ROLLED_BACK);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.HOST_UNREACHABLE);
        assertThat(host.state()).isEqualTo(before);
    }

    /** The worker dies before each of its steps; the next one goes on, under the timer that it finds. */
    @Test
    void isFinishedByTheNextWorkerWhereverTheFirstOneDies() {
        run(apply, "apply", host, RISKY);
        for (int step = 1; step <= host.changes.size(); step++) {
            ScriptedHost one = began(Optional.empty());
            AtomicReference<StepRecord> written = new AtomicReference<>();
            int last = step;
            try {
                run(apply, "apply", one, RISKY, new Continuity("o1", Optional.empty(), record -> {
                    written.set(record);
                    return one.changes.size() == last - 1
                            ? Uni.createFrom().failure(new Fenced())
                            : Uni.createFrom().voidItem();
                }));
            } catch (Fenced died) {
                assertThat(one.changes).hasSize(last - 1);
            }

            Ended ended = run(
                    apply,
                    "apply",
                    one,
                    RISKY,
                    new Continuity(
                            "o1",
                            Optional.of(written.get()),
                            record -> Uni.createFrom().voidItem()));

            assertThat(ended.state()).as("died before step %d: %s", step, ended).isEqualTo(State.SUCCEEDED);
            assertThat(one.state()).as("timers").endsWith("[]");
            assertThat(run(apply, "apply", one, RISKY).changed()).isFalse();
        }
    }

    /** What denies comes first on NixOS, so that no allowance helps; it is the same in whichever order they are named. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'deny'},{'action':'allow','port':'22','protocol':'tcp'}",
                "{'action':'allow','port':'22','protocol':'tcp'},{'action':'deny'}"
            })
    void isNeverWhatLocksUsOut(String rules) {
        Failure failure = refused("'hostname':'web1','firewall':[" + rules + "]");
        assertThat(failure.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(failure.message()).startsWith("firewall: This would shut out SSH to port 22");
        assertThat(failure.hint()).contains("what denies goes before");
    }

    @Test
    void takesRulesTogetherThatLeaveUsAWay() {
        String rules = "'firewall':[{'action':'allow','port':'22','protocol':'tcp'},"
                + "{'action':'deny','source':'192.0.2.0/24'},{'action':'deny','protocol':'udp'}]";
        assertThat(run(apply, "apply", host, rules).state()).isEqualTo(State.SUCCEEDED);
        assertThat(host.changes).filteredOn("confirm"::equals).hasSize(1);
        assertThat(server.running().firewall()).hasSize(3);
    }

    @Test
    void isRefusedAsAWholeByTheSectionThatIsNotPossible() {
        assertThat(refused("'hostname':'web1','packages':['nosuchpackage']").message())
                .isEqualTo("packages: nixpkgs has no package nosuchpackage.");
        assertThat(refused("'timezone':'Europe/Atlantis','packages':['htop']").message())
                .startsWith("timezone: The host knows no time zone");
        Failure service = refused("'packages':['htop'],'services':[{'name':'nosuch','enabled':true,'running':true}]");
        assertThat(service.category()).isEqualTo(Category.NOT_FOUND);
        assertThat(service.message()).startsWith("services: There is no service nosuch.service");
        assertThat(service.hint()).contains("a package brings no service");
        assertThat(refused("'packages':['htop'],'services':[{'name':'nosuch','running':true}]")
                        .category())
                .isEqualTo(Category.NOT_FOUND);
        assertThat(refused("'services':[{'name':'ssh','running':false}]").message())
                .contains("services: ssh.service is protected");
        assertThat(refused("'packages':['g++'],'hostname':'web1'").message()).startsWith("packages: ");
    }

    @Test
    void isRefusedWhereAServiceShallRunWithoutTheOptionThatMakesIt() {
        run(apply, "apply", host, "'services':[{'name':'infrabridge-hello','enabled':true}]");
        host.changes.clear();
        assertThat(refused("'services':[{'name':'infrabridge-hello','enabled':false,'running':true}]")
                        .message())
                .contains("services.infrabridge-hello.enable");
        String gone = "'services':[{'name':'infrabridge-hello','enabled':false,'running':false}]";
        assertThat(run(apply, "apply", host, gone).state()).isEqualTo(State.SUCCEEDED);
        assertThat(server.active).doesNotContain("infrabridge-hello");
        assertThat(run(apply, "apply", host, gone).changed()).isFalse();
    }

    @Test
    void startsAndStopsWithoutARebuildWhereNothingIsToBeDeclared() {
        String running = "'services':[{'name':'practice','running':true},{'name':'old','running':false}]";
        assertThat(run(apply, "apply", host, running).state()).isEqualTo(State.SUCCEEDED);
        assertThat(host.changes)
                .containsExactly("systemctl start -- practice.service", "systemctl stop -- old.service");
        assertThat(run(apply, "apply", host, running).changed()).isFalse();
    }

    @Test
    void bringsInOrderWhatWasWrittenAndNeverBuilt() {
        String packages = "'packages':['htop']";
        run(apply, "apply", host, packages);
        server.nixos.change(List.of("install", "/etc/nixos/infrabridge.json"), FORMER.text());

        Ended ended = run(apply, "apply", host, packages);
        assertThat(ended.changed()).isTrue();
        assertThat(((Provision) ended.output().orElseThrow()).diff()).contains("- what is declared: written and never");
        assertThat(server.running().services()).isEmpty();
        assertThat(run(apply, "apply", host, packages).changed()).isFalse();
    }

    @Test
    void saysWhatIsMissingOnTheHostBeforeAnythingIsStopped() {
        server.nixos.change(List.of("rm", "/etc/nixos/infrabridge.nix"), "");
        assertThat(refused(PLAIN).hint()).contains("imports = [");
    }

    @Test
    void looksAtTheHostOnce() {
        Rehearsal<?, ?> whole = new Rehearsal<>(
                apply,
                Rehearsal.host(Distro.NIXOS),
                "{'operation':'provision','action':'apply','config':{" + RISKY + "}}");
        assertThat(whole.probe()).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    }

    @Test
    void setsAgainWhatWasSetOtherwiseSince() {
        run(apply, "apply", host, FILES);
        server.kernel.put("net.ipv4.tcp_keepalive_time", "10");
        host.changes.clear();

        assertThat(((Provision) run(plan, "plan", host, FILES).output().orElseThrow()).diff())
                .isEqualTo("""
                        @@ sysctl @@
                        - net.ipv4.tcp_keepalive_time: 10
                        + net.ipv4.tcp_keepalive_time: 600""");
        assertThat(run(apply, "apply", host, FILES).state()).isEqualTo(State.SUCCEEDED);
        assertThat(host.changes).containsExactly("sysctl -q -w -- net.ipv4.tcp_keepalive_time=600");

        server.kernel.put("net.ipv4.tcp_keepalive_time", "10");
        assertThat(run(apply, "apply", host, FILES + ",'packages':['htop']").state())
                .isEqualTo(State.SUCCEEDED);
        assertThat(server.kernel).containsEntry("net.ipv4.tcp_keepalive_time", "600");
    }

    @Test
    void leavesFilesAloneThatItDidNotMake() {
        server.etc.with("/etc/motd.app", "by hand");
        Failure failure = refused(FILES);
        assertThat(failure.category()).isEqualTo(Category.CONFLICT);
        assertThat(failure.message()).startsWith("files: /etc/motd.app is there already");

        server.etc.with("/etc/app", "a file");
        assertThat(refused(FILES).message()).contains("/etc/app is a regular file");
    }

    @Test
    void saysThatAFileWasChangedSince() {
        run(apply, "apply", host, FILES);
        server.etc.with("/etc/app/app.conf", "changed");
        host.changes.clear();
        for (String files : List.of(FILES, FILES.replace("for {{", "otherwise for {{"))) {
            assertThat(refused(files).message()).isEqualTo("files: /etc/app/app.conf is not as it is declared.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'path':'/etc/app.conf','content':'x','mode':'0640'",
                "'path':'/etc/app.conf','content':'x','group':'adm'",
                "'path':'/etc/app.conf','content':'x','owner':'deploy'"
            })
    void makesNothingInTheStoreThatNotEverybodyMayRead(String file) {
        assertThat(refused("'files':[{" + file + "}]").category()).isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    @Test
    void writesNoFileThatSaysWhatRuns() {
        assertThat(refused("'files':[{'path':'/etc/infrabridge/active.json','content':'{}'}]")
                        .category())
                .isEqualTo(Category.INVALID_ARGUMENT);
    }

    @Test
    void declaresNoMoreThanItCanWrite() {
        String large = "x".repeat(40_000);
        Failure failure = refused(
                "'files':[{'path':'/etc/a','content':'" + large + "'},{'path':'/etc/b','content':'" + large + "'}]");
        assertThat(failure.category()).isEqualTo(Category.PAYLOAD_TOO_LARGE);
    }

    private Failure refused(String config) {
        Ended ended = run(apply, "apply", host, config);
        assertThat(host.changes).isEmpty();
        assertThat(run(plan, "plan", host, config).failure()).isEqualTo(ended.failure());
        return ended.failure().orElseThrow();
    }

    private static ScriptedHost began(Optional<Declared> former) {
        SimulatedNixos nixos = new SimulatedNixos();
        return new ScriptedHost(
                new SimulatedNixosServer(former.map(nixos::goneBackTo).orElse(nixos)).activated());
    }

    private static DeclaredRule rule(String action, int port) {
        return new DeclaredRule(
                action, "in", "tcp", Optional.of(port), Optional.of(port), Optional.empty(), Optional.empty());
    }

    private static <I extends Record, O extends Record> Ended run(
            HostOperation<I, O> operation, String action, ScriptedHost host, String config) {
        return run(operation, action, host, config, Continuity.none("o1"));
    }

    private static <I extends Record, O extends Record> Ended run(
            HostOperation<I, O> operation, String action, ScriptedHost host, String config, Continuity continuity) {
        String arguments = "{'operation':'provision','action':'" + action + "','config':{" + config + "}}";
        return OneRun.of(operation, arguments, host, "nixos1", continuity);
    }
}
