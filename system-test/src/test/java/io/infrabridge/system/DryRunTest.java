package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A dry run says what would be run and how it would be taken back, and leaves the host as it is. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class DryRunTest {
    private static final String SERVERS = "app2";
    private static final String STORAGE = "nas1";

    /** Changes that no host of the lab can be brought to need; who proves them is said beside each. */
    private static final Set<String> PROVED_ELSEWHERE = Set.of(
            // by the cluster worker's own tests, against an API server
            "cluster_manage kubernetes.scale",
            // by the NFS worker's own tests: a container's kernel has no NFS mounts that could be taken away
            "nfs_mount unmount");

    private final Rest rest;

    DryRunTest(Rest rest) {
        this.rest = rest;
    }

    /**
     * A change, and arguments by which it would really change its host as it is prepared here.
     *
     * @param undoable whether the change has an undo at all
     */
    record Change(String host, String tool, String action, String arguments, boolean undoable) {
        @Override
        public String toString() {
            return tool + " " + action;
        }

        Change with(String name, String value) {
            ObjectNode all = (ObjectNode) Json.parse(arguments);
            return new Change(host, tool, action, Json.text(all.put(name, value)), undoable);
        }

        String withTarget() {
            ObjectNode all = (ObjectNode) Json.parse(arguments);
            return Json.text(all.put("remote_target", host));
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                change("package.install", "operation:package,action:install,packages:[infrabridge-hello]", true),
                change("package.remove", "operation:package,action:remove,packages:[infrabridge-hello-data]", true),
                change("package.update", "operation:package,action:update,packages:[infrabridge-practice-b]", true),
                change("package.hold", "operation:package,action:hold,packages:[infrabridge-practice-b]", true),
                change("package.unhold", "operation:package,action:unhold,packages:[infrabridge-practice-c]", true),
                change("package.refresh", "operation:package,action:refresh", false),
                change("service.start", "operation:service,action:start,service_name:nginx", true),
                change("service.stop", "operation:service,action:stop,service_name:smbd", true),
                change("service.restart", "operation:service,action:restart,service_name:smbd", false),
                change("service.reload", "operation:service,action:reload,service_name:smbd", false),
                change("service.enable", "operation:service,action:enable,service_name:nginx", true),
                change("service.disable", "operation:service,action:disable,service_name:smbd", true),
                change("service.mask", "operation:service,action:mask,service_name:nginx", true),
                change("service.unmask", "operation:service,action:unmask,service_name:infrabridge-masked", true),
                change(
                        "system.create_user",
                        "operation:system,action:create_user,user_name:dry-run,groups:[adm]",
                        true),
                change("system.lock_user", "operation:system,action:lock_user,user_name:dry-open", true),
                change("system.unlock_user", "operation:system,action:unlock_user,user_name:dry-closed", true),
                change("system.set_hostname", "operation:system,action:set_hostname,hostname:never-named", true),
                change("system.set_timezone", "operation:system,action:set_timezone", true)
                        .with("timezone", "Antarctica/Troll"),
                firewall("add_rule", "{\"action\":\"deny\",\"port\":\"2525\",\"protocol\":\"tcp\"}"),
                firewall("remove_rule", "{\"action\":\"allow\",\"port\":\"2526\",\"protocol\":\"tcp\"}"),
                change("system.reboot", "operation:system,action:reboot", true),
                new Change(
                        SERVERS,
                        "server_manage",
                        "provision.apply",
                        "{\"operation\":\"provision\",\"action\":\"apply\",\"config\":{"
                                + "\"files\":[{\"path\":\"/etc/dry-run.conf\",\"content\":\"never = written\\n\"}],"
                                + "\"sysctl\":[{\"key\":\"net.ipv4.tcp_keepalive_time\",\"value\":\"599\"}]}}",
                        true),
                new Change(
                        SERVERS,
                        "nfs_mount",
                        "mount",
                        "{\"action\":\"mount\",\"source\":\"127.0.0.1:/srv/data\",\"target\":\"/mnt/dry-run\"}",
                        true),
                new Change(
                        STORAGE,
                        "nas_snapshot",
                        "create",
                        "{\"action\":\"create\",\"volume\":\"dry-run\",\"name\":\"never-made\"}",
                        true));
    }

    private static Change firewall(String action, String rule) {
        String arguments = "{\"operation\":\"firewall\",\"action\":\"" + action + "\",\"firewall_rule\":" + rule + "}";
        return new Change(SERVERS, "server_manage", "firewall." + action, arguments, true);
    }

    private static Change change(String action, String words, boolean undoable) {
        String arguments = words.replaceAll("([a-z_][a-z_-]*)", "\"$1\"");
        return new Change(SERVERS, "server_manage", action, "{" + arguments + "}", undoable);
    }

    /** Once for all: if a dry run changed anything, the next one would see it. */
    @BeforeAll
    static void prepare() {
        Lab.on(SERVERS, "sudo", "-n", "ufw", "allow", "2526/tcp").successful();
        apt(SERVERS, "purge", "infrabridge-hello");
        apt(SERVERS, "install", "infrabridge-hello-data");
        apt(SERVERS, "install", "infrabridge-practice-b=1.0");
        apt(SERVERS, "install", "infrabridge-practice-c=1.0");
        Lab.on(SERVERS, "sudo", "-n", "apt-mark", "hold", "infrabridge-practice-c")
                .successful();
        Lab.on(SERVERS, "sudo", "-n", "touch", "--date=yesterday", "/var/lib/apt/lists/partial")
                .successful();
        Lab.on(SERVERS, "sudo", "-n", "systemctl", "stop", "nginx").successful();
        Lab.on(SERVERS, "sudo", "-n", "systemctl", "enable", "--now", "smbd").successful();
        Lab.on(SERVERS, "sudo", "-n", "systemctl", "mask", "infrabridge-masked").successful();
        Lab.on(SERVERS, "sudo", "-n", "useradd", "dry-open");
        Lab.on(SERVERS, "sudo", "-n", "useradd", "--expiredate", "2001-01-01", "dry-closed");
        Lab.on(
                        STORAGE,
                        "test",
                        "-d",
                        "/srv/pool/dry-run",
                        "||",
                        "sudo",
                        "-n",
                        "btrfs",
                        "subvolume",
                        "create",
                        "/srv/pool/dry-run")
                .successful();
    }

    @AfterAll
    static void leaveTheHostsAsTheyWere() {
        Lab.on(SERVERS, "sudo", "-n", "ufw", "delete", "allow", "2526/tcp").successful();
        Lab.on(SERVERS, "sudo", "-n", "apt-mark", "unhold", "infrabridge-practice-c")
                .successful();
        apt(SERVERS, "purge", "infrabridge-practice-b");
        apt(SERVERS, "purge", "infrabridge-practice-c");
        apt(SERVERS, "purge", "infrabridge-hello-data");
        Lab.on(SERVERS, "sudo", "-n", "systemctl", "disable", "--now", "smbd").successful();
        Lab.on(SERVERS, "sudo", "-n", "systemctl", "unmask", "infrabridge-masked")
                .successful();
        Lab.on(SERVERS, "sudo", "-n", "userdel", "dry-open").successful();
        Lab.on(SERVERS, "sudo", "-n", "userdel", "dry-closed").successful();
        Lab.on(STORAGE, "sudo", "-n", "btrfs", "subvolume", "delete", "/srv/pool/dry-run")
                .successful();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void dryRunTellsStepsAndUndoAndChangesNothing(Change change) {
        Set<String> before = state(change.host());

        JsonNode operation = rest.dryRun(change.tool(), change.withTarget()).body();

        assertThat(operation.path("state").asText())
                .as(operation.toPrettyString())
                .isEqualTo("SUCCEEDED");
        assertThat(operation.path("action").asText()).isEqualTo(change.action());
        assertThat(operation.path("dry_run").asBoolean()).isTrue();
        assertThat(operation.path("changed").asBoolean()).isFalse();
        List<JsonNode> steps = StreamSupport.stream(operation.path("steps").spliterator(), false)
                .filter(step -> step.path("phase").asText().equals("change"))
                .toList();
        assertThat(steps).as(operation.toPrettyString()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.path("command")).isNotEmpty();
            assertThat(step.has("exit_code")).as("it did not run").isFalse();
        });
        assertThat(steps.get(0).path("undo").toString())
                .isEqualTo("[[\"rmdir\",\"--\",\"/run/infrabridge/running/"
                        + operation.path("id").asText() + "\"]]");
        assertThat(steps.stream().skip(1).anyMatch(step -> !step.path("undo").isEmpty()))
                .as(operation.toPrettyString())
                .isEqualTo(change.undoable());
        assertThat(difference(before, state(change.host()))).isEmpty();
    }

    @Test
    void everyChangeOfTheCatalogueIsTriedHereOrElsewhere() {
        Set<String> known = changes().map(Change::toString).collect(Collectors.toSet());
        known.addAll(PROVED_ELSEWHERE);

        Set<String> offered = new TreeSet<>();
        rest.get("/api/v1/tools")
                .body()
                .path("tools")
                .forEach(tool -> tool.path("actions").forEach(action -> {
                    if (!action.path("risk").asText().equals("READ")) {
                        offered.add(action.path("tool").asText() + " "
                                + action.path("action").asText());
                    }
                }));

        assertThat(offered).isNotEmpty().isSubsetOf(known);
    }

    /** What could differ: packages, units and since when they run, mounts, volumes, and files of the configuration. */
    private static Set<String> state(String host) {
        return Stream.of(
                        Lab.on(
                                host,
                                "dpkg-query",
                                "--show",
                                "--showformat='${Package} ${Version} ${db:Status-Abbrev}\\n'"),
                        Lab.on(host, "systemctl", "list-unit-files", "--no-pager", "--type=service,socket,timer"),
                        Lab.on(
                                host,
                                "systemctl",
                                "show",
                                "--property=Id,ActiveState,InvocationID,NRestarts,MainPID",
                                "smbd",
                                "nginx"),
                        Lab.on(host, "grep", "-v", "/run/user/", "/proc/mounts"),
                        Lab.on(host, "sudo", "-n", "btrfs", "subvolume", "list", "/srv/pool"),
                        Lab.on(host, "sudo", "-n", "ls", "/run/infrabridge", "/mnt"),
                        Lab.on(host, "sudo", "-n", "find", "/etc", "/usr/bin", "-printf", "'%p %T@ %s %m\\n'"))
                .flatMap(answer -> answer.output().lines())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is in one and not in the other. */
    private static Set<String> difference(Set<String> before, Set<String> after) {
        Set<String> all = new TreeSet<>(before);
        all.addAll(after);
        all.removeIf(line -> before.contains(line) && after.contains(line));
        return all;
    }

    private static void apt(String host, String what, String name) {
        Lab.on(host, "sudo", "-n", "apt-get", what, "--yes", name).successful();
    }
}
