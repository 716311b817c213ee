package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What only looks, on a host of each family; whether it is true is asked of the host by other means. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class LooksOnHostsTest {
    private static final String PRACTICE = "infrabridge-practice-a";

    private final Clients clients;

    LooksOnHostsTest(Clients clients) {
        this.clients = clients;
    }

    static Stream<String> hosts() {
        return Stream.of("app2", "rhel1", NixosByHand.HOST);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void healthIsThatOfTheHost(String host) {
        JsonNode health = looked(host, "{\"operation\":\"health\",\"action\":\"check\",");

        assertThat(health.path("hostname").asText()).isEqualTo(said(host, "uname", "-n"));
        assertThat(health.path("kernel").asText()).isEqualTo(said(host, "uname", "-r"));
        assertThat(health.path("status").asText()).isIn("healthy", "degraded", "failed", "unknown");
        assertThat(health.path("memory_total_bytes").asLong())
                .isEqualTo(1024
                        * Long.parseLong(
                                said(host, "grep", "MemTotal", "/proc/meminfo").replaceAll("\\D", "")));
        assertThat(health.path("disks").findValuesAsText("mount_point")).contains("/");
        List<String> failed = new ArrayList<>();
        health.path("failed_units").forEach(unit -> failed.add(unit.asText()));
        assertThat(failed)
                .containsExactlyInAnyOrderElementsOf(said(host, "systemctl", "--failed", "--plain", "--no-legend")
                        .lines()
                        .map(line -> line.split(" ")[0])
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void packagesAreFoundByTheirNames(String host) {
        JsonNode found =
                looked(host, "{\"operation\":\"package\",\"action\":\"search\",\"query\":\"" + PRACTICE + "\",");

        assertThat(found.path("packages").findValuesAsText("name")).contains(PRACTICE);
    }

    private JsonNode looked(String host, String arguments) {
        assumeTrue(Lab.has(host), "the lab has no " + host);
        JsonNode operation = clients.mcpCall("server_manage", arguments + "\"remote_target\":\"" + host + "\"}")
                .path("structuredContent");
        return Outcome.succeeded(operation, false).path("output");
    }

    private static String said(String host, String... words) {
        return Lab.on(host, words).successful().strip();
    }
}
