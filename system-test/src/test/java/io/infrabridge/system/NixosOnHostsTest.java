package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is declared on the NixOS-like host: nix really evaluates and builds it; what stands in for NixOS is said by the lab. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class NixosOnHostsTest {
    private static final String HOST = NixosByHand.HOST;
    private static final String DATA = NixosByHand.DATA;

    private final Clients clients;
    private final Rest rest;

    NixosOnHostsTest(Clients clients, Rest rest) {
        this.clients = clients;
        this.rest = rest;
    }

    @BeforeEach
    void nothingIsDeclared() {
        assumeTrue(Lab.has(HOST), "the lab has no " + HOST);
        leaveTheHostAsItWas();
    }

    @AfterEach
    void leaveTheHostAsItWas() {
        if (Lab.has(HOST)) {
            NixosByHand.restore();
        }
    }

    /** The example of the specification, word for word. */
    @Test
    void packagesAreInstalledAndRemovedByBuildingAnotherSystem() {
        String install = "{\"operation\":\"package\",\"action\":\"install\",\"packages\":[\"nginx\",\"postgresql\"],"
                + "\"remote_target\":\"nixos-server.example.com\"}";
        String before = NixosByHand.system();

        JsonNode installed = succeeded(install, true);

        assertThat(installed.path("target").asText()).isEqualTo(HOST);
        assertThat(installed.at("/execution/distro").asText()).isEqualTo("nixos");
        assertThat(installed.at("/output/packages/0/version").asText()).isEqualTo("1.24.0");
        assertThat(installed.at("/output/packages/1/state").asText()).isEqualTo("installed");
        assertThat(NixosByHand.system()).isNotEqualTo(before);
        assertThat(NixosByHand.programs()).contains("nginx", "postgresql");
        succeeded(install, false);
        assertThat(succeeded(install.replace("install", "remove"), true)
                        .at("/output/packages/0/state")
                        .asText())
                .isEqualTo("absent");
        assertThat(NixosByHand.programs()).doesNotContain("nginx", "postgresql");
        succeeded(install.replace("install", "remove"), false);
    }

    @Test
    void packageThatDoesNotBuildLeavesTheHostAsItWas() {
        succeeded(packages("install", "htop"), true);
        String system = NixosByHand.system();
        String data = NixosByHand.data();

        JsonNode operation = rest.call("server_manage", packages("install", "infrabridge-practice-broken"))
                .body();

        assertThat(operation.path("state").asText())
                .as(operation.toPrettyString())
                .isEqualTo("ROLLED_BACK");
        assertThat(NixosByHand.system()).isEqualTo(system);
        assertThat(NixosByHand.data()).isEqualTo(data);
        assertThat(Lab.on(HOST, "ls", "/etc/nixos").successful()).doesNotContain(".new");
    }

    @Test
    void packageThatNixDoesNotKnowIsNotTried() {
        Rest.Answer answer = rest.call("server_manage", packages("install", "nosuchpackage"));

        assertThat(answer.category()).isEqualTo("NOT_FOUND");
        assertThat(answer.message()).contains("nosuchpackage");
        assertThat(Lab.on(HOST, "test", "-e", DATA).exitCode()).isNotZero();
    }

    @Test
    void packagesAreFound() {
        JsonNode found = succeeded(
                "{\"operation\":\"package\",\"action\":\"search\",\"query\":\"requests http\",\"remote_target\":\""
                        + HOST + "\"}",
                false);
        assertThat(found.at("/output/packages/0/name").asText()).isEqualTo("python311Packages.requests");
    }

    @Test
    void serviceIsStartedAtBootOrNotByBuildingAnotherSystem() {
        Lab.on(HOST, "sudo", "-n", "systemctl", "stop", "practice").successful();

        JsonNode enabled = succeeded(service("enable", "practice"), true);

        assertThat(enabled.at("/output/active_state").asText()).isEqualTo("active");
        assertThat(wantedAtBoot("practice")).isEqualTo("multi-user.target");
        succeeded(service("enable", "practice"), false);
        succeeded(service("disable", "practice"), true);
        assertThat(wantedAtBoot("practice")).isEmpty();
        succeeded(service("disable", "practice"), false);
    }

    @Test
    void serviceThatNixosHasAnOptionForIsMadeAndTakenAway() {
        succeeded(service("enable", "infrabridge-hello"), true);
        assertThat(Lab.on(HOST, "systemctl", "is-active", "infrabridge-hello").exitCode())
                .isZero();
        succeeded(service("enable", "infrabridge-hello"), false);
        succeeded(service("disable", "infrabridge-hello"), true);
        assertThat(Lab.on(HOST, "systemctl", "is-active", "infrabridge-hello").exitCode())
                .isNotZero();
        succeeded(service("disable", "infrabridge-hello"), false);
        assertThat(rest.call("server_manage", service("enable", "nosuch")).category())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void maskedServiceIsStoppedAndStartedByNobodyUntilItIsUnmasked() {
        NixosByHand.sudo("systemctl", "start", "practice");

        succeeded(service("mask", "practice"), true);
        assertThat(asked("is-enabled", "practice")).isEqualTo("masked");
        assertThat(asked("is-active", "practice")).isEqualTo("inactive");
        succeeded(service("mask", "practice"), false);
        assertThat(rest.call("server_manage", service("start", "practice")).message())
                .contains("is masked");

        succeeded(service("unmask", "practice"), true);
        assertThat(asked("is-enabled", "practice")).isNotEqualTo("masked");
        succeeded(service("unmask", "practice"), false);
        succeeded(service("start", "practice"), true);
        assertThat(asked("is-active", "practice")).isEqualTo("active");
        NixosByHand.sudo("systemctl", "stop", "practice");
    }

    @Test
    void serviceIsStartedRestartedToldOfAndStoppedAsElsewhere() {
        NixosByHand.sudo("systemctl", "stop", "practice");

        succeeded(service("start", "practice"), true);
        String pid = asked("show", "practice", "--property=MainPID", "--value");
        assertThat(pid).isNotEqualTo("0");
        succeeded(service("start", "practice"), false);
        assertThat(succeeded(service("restart", "practice"), true)
                        .at("/output/main_pid")
                        .asText())
                .isEqualTo(asked("show", "practice", "--property=MainPID", "--value"))
                .isNotEqualTo(pid);
        assertThat(succeeded(service("status", "practice"), false)
                        .at("/output/sub_state")
                        .asText())
                .isEqualTo("running");
        assertThat(rest.call("server_manage", service("reload", "practice")).message())
                .contains("does not know how to reload");

        succeeded(service("stop", "practice"), true);
        assertThat(asked("is-active", "practice")).isEqualTo("inactive");
        succeeded(service("stop", "practice"), false);
        assertThat(succeeded(service("logs", "practice"), false)
                        .at("/output/entries")
                        .findValuesAsText("message"))
                .anyMatch(message -> message.startsWith("Started practice.service"));
    }

    @Test
    void nameAndTimeZoneAreDeclared() {
        String name = "{\"operation\":\"system\",\"action\":\"set_hostname\",\"hostname\":\"web1\",\"remote_target\":\""
                + HOST + "\"}";
        String zone =
                "{\"operation\":\"system\",\"action\":\"set_timezone\",\"timezone\":\"Europe/Berlin\",\"remote_target\":\""
                        + HOST + "\"}";

        assertThat(succeeded(name, true).at("/output/before").asText()).isEqualTo(HOST);
        assertThat(Lab.on(HOST, "uname", "-n").successful().strip()).isEqualTo("web1");
        succeeded(name, false);
        assertThat(succeeded(zone, true).at("/output/timezone").asText()).isEqualTo("Europe/Berlin");
        assertThat(Lab.on(HOST, "readlink", "/etc/localtime").successful()).contains("Europe/Berlin");
        succeeded(zone, false);
    }

    private static String asked(String what, String service, String... more) {
        String[] words = Stream.concat(Stream.of("systemctl", what, service), Stream.of(more))
                .toArray(String[]::new);
        return Lab.on(HOST, words).output().strip();
    }

    private static String service(String action, String name) {
        return "{\"operation\":\"service\",\"action\":\"" + action + "\",\"service_name\":\"" + name
                + "\",\"remote_target\":\"" + HOST + "\"}";
    }

    private static String wantedAtBoot(String service) {
        return Lab.on(HOST, "systemctl", "show", "--property=WantedBy", "--value", "--", service)
                .successful()
                .strip();
    }

    private static String packages(String action, String name) {
        return "{\"operation\":\"package\",\"action\":\"" + action + "\",\"packages\":[\"" + name
                + "\"],\"remote_target\":\"" + HOST + "\"}";
    }

    private JsonNode succeeded(String arguments, boolean changed) {
        JsonNode operation = clients.mcpCall("server_manage", arguments).path("structuredContent");
        return Outcome.succeeded(operation, changed);
    }
}
