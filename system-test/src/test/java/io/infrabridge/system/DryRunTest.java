package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A dry run says what would be run and how it would be taken back, and leaves the host as it is. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class DryRunTest {
    private static final String HOST = "app2";

    /** For each change on a host: arguments by which it would really change the host as it is prepared here. */
    private static final Map<String, String> CHANGES = Map.of(
            "server_manage package.install",
                    "{\"operation\":\"package\",\"action\":\"install\",\"packages\":[\"infrabridge-hello\"]}",
            "server_manage package.remove",
                    "{\"operation\":\"package\",\"action\":\"remove\",\"packages\":[\"infrabridge-hello-data\"]}",
            "server_manage service.start",
                    "{\"operation\":\"service\",\"action\":\"start\",\"service_name\":\"nginx\"}",
            "server_manage service.stop", "{\"operation\":\"service\",\"action\":\"stop\",\"service_name\":\"cron\"}",
            "server_manage service.restart",
                    "{\"operation\":\"service\",\"action\":\"restart\",\"service_name\":\"cron\"}");

    /** Changes that need something else than this host: who proves them is said beside each. */
    private static final Set<String> PROVED_ELSEWHERE = Set.of(
            // by the cluster worker's own tests, against an API server
            "cluster_manage scale", "cluster_manage kubernetes.scale");

    private final Rest rest;

    DryRunTest(Rest rest) {
        this.rest = rest;
    }

    static Stream<String> changes() {
        return CHANGES.keySet().stream().sorted();
    }

    @BeforeEach
    void prepare() {
        Lab.on(HOST, "sudo", "-n", "apt-get", "purge", "--yes", "infrabridge-hello")
                .successful();
        Lab.on(HOST, "sudo", "-n", "apt-get", "install", "--yes", "infrabridge-hello-data")
                .successful();
        Lab.on(HOST, "sudo", "-n", "systemctl", "stop", "nginx");
        Lab.on(HOST, "sudo", "-n", "systemctl", "start", "cron");
    }

    @AfterEach
    void leaveTheHostAsItWas() {
        Lab.on(HOST, "sudo", "-n", "apt-get", "purge", "--yes", "infrabridge-hello-data")
                .successful();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void dryRunTellsStepsAndUndoAndChangesNothing(String change) {
        String before = state();

        Rest.Answer answer = rest.dryRun(
                change.split(" ")[0], CHANGES.get(change).replaceFirst("}$", ",\"remote_target\":\"" + HOST + "\"}"));

        JsonNode operation = answer.body();
        assertThat(operation.path("state").asText())
                .as(operation.toPrettyString())
                .isEqualTo("SUCCEEDED");
        assertThat(operation.path("dry_run").asBoolean()).isTrue();
        assertThat(operation.path("changed").asBoolean()).isFalse();
        List<JsonNode> steps = StreamSupport.stream(operation.path("steps").spliterator(), false)
                .filter(step -> step.path("phase").asText().equals("change"))
                .toList();
        assertThat(steps).isNotEmpty().allSatisfy(step -> {
            assertThat(step.path("command")).isNotEmpty();
            assertThat(step.has("exit_code")).as("it did not run").isFalse();
        });
        if (!change.endsWith("restart")) {
            assertThat(steps).anySatisfy(step -> assertThat(step.path("undo")).isNotEmpty());
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void everyChangeOfTheCatalogueIsTriedHereOrElsewhere() {
        Set<String> known = new TreeSet<>(CHANGES.keySet());
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

    /** What could differ: packages and their states, units and since when they are, files of the configuration. */
    private static String state() {
        return Stream.of(
                        Lab.on(HOST, "dpkg", "--list"),
                        Lab.on(
                                HOST,
                                "systemctl",
                                "show",
                                "--property=Id,ActiveState,InvocationID,NRestarts",
                                "cron",
                                "nginx"),
                        Lab.on(HOST, "systemctl", "list-unit-files", "--no-pager"),
                        Lab.on(
                                HOST,
                                "sudo",
                                "-n",
                                "find",
                                "/etc",
                                "/usr/bin",
                                "/lib/systemd",
                                "-newer",
                                "/proc/1/stat"))
                .map(Shell.Answer::output)
                .reduce("", (left, right) -> left + "\n" + right);
    }
}
