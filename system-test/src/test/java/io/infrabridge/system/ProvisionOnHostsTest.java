package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real host is brought to a whole configuration, once, and ends as it began where that fails; asserted by its own programs. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class ProvisionOnHostsTest {
    private static final String HOST = "app2";
    private static final String PAGE = "/srv/provisioned.html";
    private static final String CONFIG = "\"packages\":[\"infrabridge-hello\"],"
            + "\"files\":[{\"path\":\"" + PAGE + "\",\"content\":\"for {{name}}\\n\","
            + "\"variables\":[{\"name\":\"name\",\"value\":\"app2\"}],\"mode\":\"0640\",\"group\":\"adm\"}],"
            + "\"services\":[{\"name\":\"nginx\",\"running\":true}]";

    private final Rest rest;

    ProvisionOnHostsTest(Rest rest) {
        this.rest = rest;
    }

    @BeforeEach
    @AfterEach
    void leaveTheHostAsItWas() {
        Lab.on(HOST, "sudo", "-n", "systemctl", "stop", "nginx").successful();
        Lab.on(HOST, "sudo", "-n", "rm", "-f", PAGE).successful();
        Lab.on(HOST, "sudo", "-n", "apt-get", "purge", "--yes", "infrabridge-hello", "infrabridge-hello-data")
                .successful();
    }

    @Test
    void hostIsBroughtToItsConfigurationOnce() {
        JsonNode planned = provision("plan", CONFIG);
        assertThat(planned.path("changed").asBoolean()).isFalse();
        assertThat(planned.at("/output/diff").asText())
                .contains(
                        "- infrabridge-hello: absent",
                        "+ infrabridge-hello: installed",
                        "+++ " + PAGE,
                        "+ nginx: active");
        assertThat(state()).noneMatch(line -> line.contains("install ok installed"));

        JsonNode applied = provision("apply", CONFIG);
        assertThat(applied.path("state").asText()).as(applied.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(applied.path("changed").asBoolean()).isTrue();
        assertThat(applied.path("output")).isEqualTo(planned.path("output"));
        assertThat(Lab.on(HOST, "dpkg", "-s", "infrabridge-hello").successful()).contains("install ok installed");
        assertThat(Lab.on(HOST, "sudo", "-n", "cat", PAGE).successful()).isEqualTo("for app2\n");
        assertThat(Lab.on(HOST, "sudo", "-n", "stat", "--format=%a:%U:%G", PAGE).successful())
                .isEqualTo("640:root:adm\n");
        assertThat(Lab.on(HOST, "systemctl", "is-active", "nginx").output()).isEqualTo("active\n");

        JsonNode again = provision("apply", CONFIG);
        assertThat(again.path("state").asText()).as(again.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(again.path("changed").asBoolean()).isFalse();
    }

    /** A container may not set what belongs to the kernel of its host: that section fails when all others before it are done. */
    @Test
    void hostEndsAsItBeganWhereTheLastSectionFails() {
        List<String> before = state();

        JsonNode failed = provision(
                "apply",
                CONFIG.replace("\"running\":true", "\"enabled\":true")
                        + ",\"sysctl\":[{\"key\":\"vm.swappiness\",\"value\":\"11\"}]");

        assertThat(failed.path("state").asText()).as(failed.toPrettyString()).isEqualTo("ROLLED_BACK");
        assertThat(failed.path("changed").asBoolean()).isFalse();
        assertThat(state()).isEqualTo(before);
    }

    private JsonNode provision(String action, String config) {
        return rest.call(
                        "server_manage",
                        "{\"operation\":\"provision\",\"action\":\"" + action + "\",\"config\":{" + config
                                + "},\"remote_target\":\"" + HOST + "\"}")
                .body();
    }

    private static List<String> state() {
        return Stream.of(
                        Lab.on(HOST, "dpkg", "-s", "infrabridge-hello"),
                        Lab.on(HOST, "systemctl", "is-active", "nginx"),
                        Lab.on(HOST, "systemctl", "is-enabled", "nginx"),
                        Lab.on(HOST, "sudo", "-n", "find", "/srv", "/etc/sysctl.d"),
                        Lab.on(HOST, "cat", "/proc/sys/vm/swappiness"))
                .flatMap(answer -> answer.output().lines())
                .toList();
    }
}
