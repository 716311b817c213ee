package io.infrabridge.server.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.server.CatalogueTest;
import io.infrabridge.server.OneRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sections together, run as the worker runs them. */
final class ApplyProvisionTest {
    private static final String CONFIG = """
            {'files': [
               {'path': '/etc/app/app.conf', 'content': 'workers = {{workers}}\\n', 'variables': [{'name': 'workers', 'value': '4'}]},
               {'path': '/etc/app/secret.conf', 'content': 'password = new\\n', 'mode': '0640', 'group': 'adm'},
               {'path': '/etc/app/new.conf', 'content': 'new\\n'}],
             'sysctl': [
               {'key': 'net.core.somaxconn', 'value': '512'},
               {'key': 'vm.swappiness', 'value': '10'}],
             'services': [
               {'name': 'app.service', 'enabled': true, 'running': true},
               {'name': 'old.service', 'enabled': false, 'running': false}]}
            """;

    private final ApplyProvision apply = new ApplyProvision(CatalogueTest.usual(ProvisionSettings.class));
    private final PlanProvision plan = new PlanProvision(CatalogueTest.usual(ProvisionSettings.class));

    @Test
    void bringsTheServerThereOnce() {
        SimulatedServer server = server(-1, false);

        Ended planned = run(plan, "plan", server);
        assertThat(planned.state()).isEqualTo(State.SUCCEEDED);
        assertThat(server.changes).isEmpty();

        Ended first = run(apply, "apply", server);
        assertThat(first.state()).as(first.toString()).isEqualTo(State.SUCCEEDED);
        assertThat(first.changed()).isTrue();
        assertThat(first.output()).isEqualTo(planned.output());
        assertThat(server.files.get("/etc/app/app.conf").content()).contains("workers = 4\n");
        assertThat(server.files.get("/etc/app/secret.conf").mode()).isEqualTo("640");
        assertThat(server.kernel).containsEntry("/proc/sys/vm/swappiness", "10");
        assertThat(server.files.get("/etc/sysctl.d/60-infrabridge.conf").content())
                .contains("# Written by Infrabridge: what was provisioned on this host.\n"
                        + "net.core.somaxconn = 512\nvm.swappiness = 10\n");

        assertThat(server.services)
                .containsEntry("app.service", new SimulatedServer.Service(true, true))
                .containsEntry("old.service", new SimulatedServer.Service(false, false));

        Ended second = run(apply, "apply", server);
        assertThat(second.state()).isEqualTo(State.SUCCEEDED);
        assertThat(second.changed()).isFalse();
        assertThat(((Provision) second.output().orElseThrow()).changes()).isEmpty();
    }

    @Test
    void endsAsItBeganWhicheverChangeFails() {
        int all = changes();
        assertThat(all).isGreaterThan(10);
        for (int failing = 0; failing < all; failing++) {
            for (boolean effective : List.of(true, false)) {
                SimulatedServer server = server(failing, effective);
                Map<String, SimulatedServer.Entry> files = new TreeMap<>(server.files);
                Map<String, String> kernel = new TreeMap<>(server.kernel);
                Map<String, SimulatedServer.Service> services = new TreeMap<>(server.services);

                Ended ended = run(apply, "apply", server);

                assertThat(ended.state()).as(ended.toString()).isEqualTo(State.ROLLED_BACK);
                assertThat(server.files).isEqualTo(files);
                assertThat(server.kernel).isEqualTo(kernel);
                assertThat(server.services).isEqualTo(services);
            }
        }
    }

    @Test
    void tellsNoSecretAtAll() {
        assertThat(run(apply, "apply", server(-1, false)).toString()).doesNotContain("password");
    }

    @Test
    void refusesTheWholeWhereOneSectionCannotBeBroughtThere() {
        SimulatedServer server = server(-1, false);
        server.kernel.remove("/proc/sys/vm/swappiness");

        assertThat(run(plan, "plan", server).state()).isEqualTo(State.FAILED);
        assertThat(run(apply, "apply", server).state()).isEqualTo(State.FAILED);
        assertThat(server.changes).isEmpty();
    }

    /** Bound by name to what its package brings, which is not there while it is planned. */
    @Test
    void managesAServiceAndItsFilesOfAPackageThatIsYetToCome() {
        String rest = "'files':[{'path':'/srv/nosuch/new.conf','content':'x'}],"
                + "'services':[{'name':'nosuch','enabled':true,'running':true}]}}";
        Output noDirectory =
                new Output(1, Captured.text("stat-no-directory"), Captured.text("stat-no-directory.err"), false);
        Output unknown = Captured.output("systemctl-show-unknown");
        Output boot = Captured.output("grep-btime");
        Output before = Captured.output("dpkg-query-before");
        Output simulated = Captured.output("apt-get-simulated-install");
        Rehearsal<?, ?> whole = new Rehearsal<>(
                apply, "{'operation':'provision','action':'apply','config':{'packages':['infrabridge-hello']," + rest);

        assertThat(whole.plan(before, simulated, noDirectory, unknown, boot).stream()
                        .map(argv -> argv.get(0) + " " + argv.get(1)))
                .containsExactly("apt-get install", "install -m", "mv -T", "systemctl enable", "systemctl start");
        assertThat(whole.foreseenUndo(before, simulated, noDirectory, unknown, boot).stream()
                        .map(argv -> argv.get(0) + " " + argv.get(1)))
                .containsExactly("apt-get remove", "rm -f", "rm -f", "systemctl disable", "systemctl stop");
        assertThat(whole.seen(before, simulated, noDirectory, unknown, boot)
                        .path("diff")
                        .asText())
                .startsWith(
                        "@@ packages @@\n- infrabridge-hello: absent\n+ infrabridge-hello: installed\n@@ files @@\n")
                .endsWith("@@ services @@\n- nosuch: absent\n+ nosuch: enabled, active");

        Rehearsal<?, ?> alone = new Rehearsal<>(apply, "{'operation':'provision','action':'apply','config':{" + rest);
        assertThat(alone.refusal(noDirectory, unknown, boot).category()).isEqualTo(Category.PRECONDITION_FAILED);
    }

    @Test
    void beginsWithWhatEverythingElseMayNeed() {
        Rehearsal<?, ?> whole = new Rehearsal<>(
                apply,
                "{'operation':'provision','action':'apply','config':{'services':[{'name':'nginx','running':true}],"
                        + "'sysctl':[{'key':'net.ipv4.tcp_keepalive_time','value':'600'}],"
                        + "'files':[{'path':'/srv/app/app.conf','content':'x'}],'users':[{'name':'deploy'}],"
                        + "'packages':['infrabridge-hello'],'timezone':'Europe/Berlin','hostname':'app2'}}");

        assertThat(whole.probe().stream().map(argv -> argv.get(0)))
                .startsWith("hostnamectl")
                .containsSubsequence("hostnamectl", "timedatectl", "dpkg-query", "getent", "stat", "grep", "systemctl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'files':null}",
                "{'nosuch':[]}",
                "{'files':[null]}",
                "{'files':[]}",
                "{'services':[{'name':'nginx'}]}",
                "[]",
                "'x'"
            })
    void wantsSomethingToBeSo(String config) {
        assertThatThrownBy(() ->
                        new Rehearsal<>(apply, "{'operation':'provision','action':'apply','config':" + config + "}"))
                .isInstanceOf(InvalidArguments.class);
    }

    private int changes() {
        SimulatedServer server = server(-1, false);
        run(apply, "apply", server);
        return server.changes.size();
    }

    private static SimulatedServer server(int failing, boolean effective) {
        SimulatedServer server = new SimulatedServer(failing, effective);
        List.of("/etc", "/etc/app", "/etc/sysctl.d").forEach(server::directory);
        server.file("/etc/app/app.conf", "644", "workers = 2\n");
        server.file("/etc/app/secret.conf", "600", "password = old\n");
        server.kernel.put("/proc/sys/net/core/somaxconn", "4096");
        server.kernel.put("/proc/sys/vm/swappiness", "60");
        server.services.put("app.service", new SimulatedServer.Service(false, false));
        server.services.put("old.service", new SimulatedServer.Service(true, true));
        return server;
    }

    private static <I extends Record, O extends Record> Ended run(
            HostOperation<I, O> operation, String action, SimulatedServer server) {
        String arguments = "{'operation':'provision','action':'" + action + "','config':" + CONFIG + "}";
        return OneRun.of(operation, arguments, server, "simulated");
    }
}
