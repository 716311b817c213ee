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

/** Every action on a real service of real hosts, one of them behind a jump host; what it did is asked of systemd itself. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class ServicesOnHostsTest {
    private static final String SERVICE = "nginx";

    private final Clients clients;
    private final Rest rest;

    ServicesOnHostsTest(Clients clients, Rest rest) {
        this.clients = clients;
        this.rest = rest;
    }

    static Stream<String> hosts() {
        return Stream.of("app1", "rhel1");
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void serviceIsStartedReloadedRestartedAndStopped(String host) {
        prepare(host);
        try {
            assertThat(twice(host, "start", "").at("/output/active_state").asText())
                    .isEqualTo("active");
            assertThat(ask(host, "is-active")).isEqualTo("active");

            String pid = property(host, "MainPID");
            JsonNode reloaded = succeeded(host, "reload", "", true);
            assertThat(reloaded.at("/output/main_pid").asText()).isEqualTo(pid);
            assertThat(property(host, "MainPID")).isEqualTo(pid);

            JsonNode restarted = succeeded(host, "restart", "", true);
            assertThat(restarted.at("/output/main_pid").asText()).isNotEqualTo(pid);
            assertThat(property(host, "MainPID"))
                    .isEqualTo(restarted.at("/output/main_pid").asText());

            JsonNode status = succeeded(host, "status", "", false);
            assertThat(status.at("/output/sub_state").asText()).isEqualTo("running");
            assertThat(status.at("/output/since").asText()).isNotBlank();
            assertThat(status.at("/execution/sudo_required").asBoolean()).isFalse();
            assertThat(status.at("/output").has("journal_readable")).isTrue();

            assertThat(twice(host, "stop", "").at("/output/active_state").asText())
                    .isEqualTo("inactive");
            assertThat(ask(host, "is-active")).isEqualTo("inactive");
            assertThat(refused(host, "reload")).contains("nothing to reload");
        } finally {
            prepare(host);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void serviceIsEnabledAndDisabledWithAndWithoutBeingStarted(String host) {
        prepare(host);
        try {
            assertThat(twice(host, "enable", "").at("/output/unit_file_state").asText())
                    .isEqualTo("enabled");
            assertThat(ask(host, "is-enabled")).isEqualTo("enabled");
            assertThat(ask(host, "is-active")).isEqualTo("inactive");

            twice(host, "enable", ",\"now\":true");
            assertThat(ask(host, "is-active")).isEqualTo("active");

            twice(host, "disable", "");
            assertThat(ask(host, "is-enabled")).isEqualTo("disabled");
            assertThat(ask(host, "is-active")).isEqualTo("active");

            twice(host, "disable", ",\"now\":true");
            assertThat(ask(host, "is-active")).isEqualTo("inactive");
        } finally {
            prepare(host);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void maskedServiceCannotBeStartedUntilItIsUnmasked(String host) {
        prepare(host);
        try {
            succeeded(host, "start", "", true);
            twice(host, "mask", ",\"now\":true");
            assertThat(ask(host, "is-enabled")).isEqualTo("masked");
            assertThat(ask(host, "is-active")).isEqualTo("inactive");
            assertThat(refused(host, "start")).contains("is masked");

            twice(host, "unmask", "");
            assertThat(ask(host, "is-enabled")).isEqualTo("disabled");
            succeeded(host, "start", "", true);
        } finally {
            prepare(host);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void whatItLoggedIsReadInPagesAsRootWhereTheAccountMayNot(String host) {
        prepare(host);
        try {
            succeeded(host, "start", "", true);
            succeeded(host, "stop", "", true);
            JsonNode all = succeeded(host, "logs", ",\"lines\":1000,\"since\":\"1h\"", false);
            assertThat(all.at("/output/service_name").asText()).isEqualTo("nginx.service");
            assertThat(all.at("/output/entries")).hasSizeGreaterThan(3);
            assertThat(all.at("/execution/sudo_required").asBoolean()).isTrue();
            assertThat(messages(all)).anyMatch(message -> message.startsWith("Started nginx.service"));

            List<String> paged = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = succeeded(host, "logs", ",\"lines\":3,\"since\":\"1h\"" + cursor, false);
                paged.addAll(0, messages(page));
                String next = page.at("/output/next_cursor").asText();
                cursor = next.isEmpty() ? "" : ",\"cursor\":\"" + next + "\"";
            } while (!cursor.isEmpty());
            assertThat(paged).isEqualTo(messages(all));
        } finally {
            prepare(host);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void whatTheHostIsReachedByIsLeftAlone(String host) {
        prepare(host);
        for (String action : List.of("stop", "disable", "mask")) {
            String ssh = arguments(host, action, "").replace(SERVICE, "ssh");
            assertThat(rest.call("server_manage", ssh).message()).contains("protected");
        }
        assertThat(Lab.on(host, "systemctl", "is-active", "ssh").output().strip())
                .isEqualTo("active");
    }

    /** Stopped and disabled, as the lab makes it. */
    private static void prepare(String host) {
        assumeTrue(Lab.has(host), "the lab has no " + host);
        Lab.on(host, "sudo", "-n", "systemctl", "unmask", SERVICE).successful();
        Lab.on(host, "sudo", "-n", "systemctl", "--quiet", "disable", "--now", SERVICE)
                .successful();
    }

    private JsonNode twice(String host, String action, String more) {
        JsonNode first = succeeded(host, action, more, true);
        JsonNode again = succeeded(host, action, more, false);
        assertThat(again.at("/output/active_state")).isEqualTo(first.at("/output/active_state"));
        return first;
    }

    private JsonNode succeeded(String host, String action, String more, boolean changed) {
        JsonNode operation =
                clients.mcpCall("server_manage", arguments(host, action, more)).path("structuredContent");
        return Outcome.succeeded(operation, changed);
    }

    private String refused(String host, String action) {
        return rest.call("server_manage", arguments(host, action, "")).message();
    }

    private static String arguments(String host, String action, String more) {
        return "{\"operation\":\"service\",\"action\":\"" + action + "\",\"service_name\":\"" + SERVICE + "\"" + more
                + ",\"remote_target\":\"" + host + "\"}";
    }

    private static String ask(String host, String what) {
        return Lab.on(host, "systemctl", what, SERVICE).output().strip();
    }

    private static String property(String host, String name) {
        return Lab.on(host, "systemctl", "show", "--property=" + name, "--value", SERVICE)
                .successful()
                .strip();
    }

    private static List<String> messages(JsonNode logs) {
        List<String> messages = new ArrayList<>();
        logs.at("/output/entries")
                .forEach(entry -> messages.add(entry.path("message").asText()));
        return messages;
    }
}
