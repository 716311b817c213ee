package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every action on a host as a whole; what it says and does is asked of the host by other means. Hosts are really rebooted. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class SystemOnHostsTest {
    private static final String HOST = "app2";
    private static final String USER = "practice-user";
    private static final Map<String, String> MANAGERS = Map.of("app2", "apt", "rhel1", "dnf", NixosByHand.HOST, "nix");
    private static final String RUNNING_CHANGES = "/run/infrabridge/running";
    /** An address in the hosts' network that none of them has. */
    private static final String SILENT = "10.77.0.99";

    private static final Duration BEGUN_WITHIN = Duration.ofSeconds(30);
    private static final Duration MOUNTING_AT_MOST = Duration.ofMinutes(2);
    private static final Duration BACK_WITHIN = Duration.ofMinutes(3);

    private final LocalSystem system;
    private final Rest rest;

    SystemOnHostsTest(LocalSystem system, Rest rest) {
        this.system = system;
        this.rest = rest;
    }

    /** On NixOS name and time zone are declared: see {@link NixosOnHostsTest}. */
    static Stream<String> hosts() {
        return Stream.of("app2", "rhel1");
    }

    static Stream<String> everyHost() {
        return Stream.concat(hosts(), Stream.of(NixosByHand.HOST));
    }

    @ParameterizedTest
    @MethodSource("everyHost")
    void whatItTellsOfAHostIsTrue(String host) {
        assumeTrue(Lab.has(host), "the lab has no " + host);
        JsonNode info = succeeded(host, "info", "", false).path("output");
        assertThat(info.path("hostname").asText()).isEqualTo(said(host, "uname", "-n"));
        assertThat(info.path("boot_id").asText()).isEqualTo(bootId(host));
        assertThat(info.path("kernel").asText()).isEqualTo(said(host, "uname", "-r"));
        assertThat(info.path("user_name").asText()).isEqualTo("infra");
        assertThat(info.path("package_manager").asText()).isEqualTo(MANAGERS.get(host));
        assertThat(info.path("virtualization").asText()).isEqualTo("systemd-nspawn");
        assertThat(info.path("addresses").findValuesAsText("address"))
                .contains(said(host, "hostname", "-I").split(" ")[0]);
        assertThat(Instant.parse(info.path("facts_read_at").asText())).isBefore(Instant.now());

        JsonNode metrics = succeeded(host, "metrics", "", false).path("output");
        assertThat(metrics.path("memory_total_bytes").asLong())
                .isEqualTo(Long.parseLong(
                                said(host, "grep", "MemTotal", "/proc/meminfo").replaceAll("\\D", ""))
                        * 1024);
        assertThat(metrics.path("processes").asInt()).isPositive();
        assertThat(metrics.path("services_running").asInt()).isPositive();
        assertThat(metrics.path("network_activity").findValuesAsText("interface_name"))
                .isNotEmpty();

        assertThat(succeeded(host, "disks", "", false).at("/output/filesystems").findValuesAsText("mount_point"))
                .contains("/");
        assertThat(succeeded(host, "processes", ",\"sort_by\":\"memory\",\"limit\":5", false)
                        .at("/output/processes"))
                .hasSize(5);
        assertThat(succeeded(host, "list_users", "", false).at("/output/users").findValuesAsText("user_name"))
                .contains("infra", "keeper")
                .doesNotContain("root");
    }

    @Test
    void theWorkerTellsInNumbersWhatItKnowsOfItsServers() throws Exception {
        succeeded(HOST, "metrics", "", false);
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(system.serverWorker().resolve("/q/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(metrics)
                .contains("infrabridge_servers_managed_servers ")
                .contains("infrabridge_servers_failed_operations_total")
                .containsPattern("infrabridge_servers_services_running\\{.*host=\"" + HOST + "\".*} [1-9]");
    }

    @ParameterizedTest
    @MethodSource("everyHost")
    void accountIsMadeWithItsKeyLockedAndOpenedAgain(String host) throws IOException {
        assumeTrue(Lab.has(host), "the lab has no " + host);
        Lab.on(host, "sudo", "-n", "userdel", "--remove", USER);
        try {
            String key = Files.readString(Lab.state().resolve("id_ed25519.pub")).strip();
            String asked = ",\"user_name\":\"" + USER + "\",\"uid\":1777,\"groups\":[\"users\"],\"ssh_keys\":[\"" + key
                    + "\"]";
            JsonNode made = twice(host, "create_user", asked);
            assertThat(made.at("/output/groups").toString()).contains("users");
            assertThat(said(host, "id", "-u", USER)).isEqualTo("1777");
            assertThat(said(host, "sudo", "-n", "stat", "--format=%a:%U", "/home/" + USER + "/.ssh/authorized_keys"))
                    .isEqualTo("600:" + USER);
            assertThat(login(host).exitCode()).isZero();
            assertThat(refused(host, "create_user", asked.replace("1777", "1778")))
                    .contains("its uid is 1777");

            String who = ",\"user_name\":\"" + USER + "\"";
            assertThat(twice(host, "lock_user", who).at("/output/locked").asBoolean())
                    .isTrue();
            assertThat(login(host).exitCode()).isEqualTo(255);

            assertThat(twice(host, "unlock_user", who).at("/output/locked").asBoolean())
                    .isFalse();
            assertThat(login(host).exitCode()).isZero();
        } finally {
            Lab.on(host, "sudo", "-n", "userdel", "--remove", USER);
        }
        assertThat(refused(host, "lock_user", ",\"user_name\":\"infra\"")).contains("by which this host is operated");
        assertThat(refused(host, "lock_user", ",\"user_name\":\"root\"")).contains("an account of the system");
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void nameAndTimeZoneAreGivenAndGivenBack(String host) {
        assumeTrue(Lab.has(host), "the lab has no " + host);
        String zone = said(host, "timedatectl", "show", "--property=Timezone", "--value");
        try {
            twice(host, "set_hostname", ",\"hostname\":\"renamed.example.com\"");
            assertThat(said(host, "uname", "-n")).isEqualTo("renamed.example.com");
            assertThat(said(host, "cat", "/etc/hostname")).isEqualTo("renamed.example.com");

            twice(host, "set_timezone", ",\"timezone\":\"Antarctica/Troll\"");
            assertThat(said(host, "readlink", "/etc/localtime")).endsWith("zoneinfo/Antarctica/Troll");
            assertThat(refused(host, "set_timezone", ",\"timezone\":\"Europe/Atlantis\""))
                    .contains("no time zone Europe/Atlantis");
        } finally {
            assertThat(succeeded(host, "set_hostname", ",\"hostname\":\"" + host + "\"", true)
                            .at("/output/before")
                            .asText())
                    .isEqualTo("renamed.example.com");
            twice(host, "set_timezone", ",\"timezone\":\"" + zone + "\"");
        }
        assertThat(said(host, "uname", "-n")).isEqualTo(host);
    }

    @Test
    void hostIsNotRebootedWhileItBearsTheMarkOfAChange() {
        assumeTrue(Lab.has(HOST), "the lab has no " + HOST);
        String mark = RUNNING_CHANGES + "/somebody-elses";
        String before = bootId(HOST);
        said(HOST, "sudo", "-n", "mkdir", "-p", mark);
        try {
            assertThat(refused(HOST, "reboot", "")).contains("the operation somebody-elses runs since ");
        } finally {
            said(HOST, "sudo", "-n", "rmdir", mark);
        }
        assertThat(bootId(HOST)).isEqualTo(before);
    }

    /** The share's server is silent: what is sent to a neighbour that is not there is lost, and mount.nfs waits for an answer. */
    @Test
    void hostIsNotRebootedWhileAnotherWorkerMountsAShareThere() {
        assumeTrue(Lab.has(HOST), "the lab has no " + HOST);
        String before = bootId(HOST);
        said(HOST, "sudo", "-n", "ip", "neighbour", "replace", SILENT, "lladdr", "02:00:00:00:00:99", "dev", "lan");
        try {
            String id = mountFrom(SILENT);
            try {
                Eventually.isTrue(
                        "the mount is marked on the host",
                        BEGUN_WITHIN,
                        () -> Lab.on(HOST, "ls", RUNNING_CHANGES)
                                .output()
                                .lines()
                                .anyMatch(id::equals));
                assertThat(refused(HOST, "reboot", "")).contains("the operation " + id + " runs since ");
                assertThat(said(HOST, "ls", RUNNING_CHANGES).lines()).contains(id);
            } finally {
                // a cancel ends mount and leaves its helper, for which the worker then waits
                Lab.on(HOST, "sudo", "-n", "pkill", "-x", "mount.nfs");
                ended(id, MOUNTING_AT_MOST);
            }
            assertThat(ended(id, MOUNTING_AT_MOST).path("state").asText()).isEqualTo("ROLLED_BACK");
            assertThat(said(HOST, "ls", RUNNING_CHANGES).lines()).doesNotContain(id);
        } finally {
            said(HOST, "sudo", "-n", "ip", "neighbour", "delete", SILENT, "dev", "lan");
        }
        assertThat(bootId(HOST)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("everyHost")
    void hostIsRebootedAndSeenToBeBack(String host) {
        assumeTrue(Lab.has(host), "the lab has no " + host);
        String before = bootId(host);
        JsonNode waiting =
                rest.call("server_manage", arguments(host, "reboot", "")).body();
        String id = waiting.path("id").asText();
        assertThat(waiting.path("state").asText()).as(waiting.toPrettyString()).isEqualTo("AWAITING_APPROVAL");
        assertThat(bootId(host)).isEqualTo(before);
        ObjectNode consent = Json.object().put("decision", "approve");
        consent.put("plan_hash", waiting.at("/approval/plan_hash").asText());
        assertThat(rest.post("/api/v1/operations/" + id + "/approval", consent).status())
                .isIn(200, 202);

        JsonNode ended = ended(id, BACK_WITHIN);

        assertThat(ended.path("state").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("changed").asBoolean()).isTrue();
        assertThat(ended.at("/output/boot_id_before").asText()).isEqualTo(before);
        assertThat(ended.at("/output/boot_id_after").asText())
                .isEqualTo(bootId(host))
                .isNotEqualTo(before);
        assertThat(ended.at("/output/seconds_away").asLong()).isBetween(0L, BACK_WITHIN.toSeconds());
        assertThat(Instant.parse(ended.at("/output/booted_at").asText()))
                .isAfter(Instant.parse(ended.at("/output/asked_at").asText()));
        System.out.printf("%s was away for %s s%n", host, ended.at("/output/seconds_away"));
        succeeded(host, "info", "", false);
    }

    /** Asked, and not waited for: it tries for a minute. */
    private String mountFrom(String server) {
        String arguments = "{\"action\":\"mount\",\"source\":\"" + server + ":/export\",\"target\":\"/mnt/silent\","
                + "\"version\":\"3\",\"options\":[\"nolock\",\"retry=1\"],\"remote_target\":\"" + HOST + "\"}";
        Rest.Answer begun = rest.submit(Rest.request("nfs_mount", arguments), Map.of("Prefer", "wait=0"));
        assertThat(begun.status()).as(begun.body().toPrettyString()).isEqualTo(202);
        return begun.operationId();
    }

    private JsonNode ended(String id, Duration limit) {
        return Eventually.get(
                "the operation " + id + " has ended",
                limit,
                () -> Optional.of(rest.get("/api/v1/operations/" + id).body())
                        .filter(operation -> operation.has("finished_at")));
    }

    /** Once it changes the host, and then it has nothing to do. */
    private JsonNode twice(String host, String action, String more) {
        JsonNode first = succeeded(host, action, more, true);
        JsonNode again = succeeded(host, action, more, false);
        assertThat(again.path("steps").findValuesAsText("phase")).doesNotContain("change");
        return first;
    }

    private JsonNode succeeded(String host, String action, String more, boolean changed) {
        JsonNode operation =
                rest.call("server_manage", arguments(host, action, more)).body();
        return Outcome.succeeded(operation, changed);
    }

    private String refused(String host, String action, String more) {
        Rest.Answer answer = rest.call("server_manage", arguments(host, action, more));
        assertThat(answer.body().path("state").asText())
                .as(answer.body().toPrettyString())
                .isEqualTo("FAILED");
        assertThat(answer.hint()).isNotBlank();
        return answer.message();
    }

    private static String arguments(String host, String action, String more) {
        return "{\"operation\":\"system\",\"action\":\"" + action + "\",\"remote_target\":\"" + host + "\"" + more
                + "}";
    }

    private static String bootId(String host) {
        return said(host, "cat", "/proc/sys/kernel/random/boot_id");
    }

    private static String said(String host, String... words) {
        return Lab.on(host, words).successful().strip();
    }

    /** As that user, with the lab's key. */
    private static Shell.Answer login(String host) {
        return Shell.run(
                Duration.ofSeconds(30),
                Map.of(),
                List.of("ssh", "-F", Lab.state().resolve("ssh_config").toString(), "-l", USER, host, "true"));
    }
}
