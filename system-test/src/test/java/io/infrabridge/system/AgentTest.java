package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent sees that uses the official MCP SDK. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class AgentTest {
    private final Clients clients;

    AgentTest(Clients clients) {
        this.clients = clients;
    }

    @ParameterizedTest
    @CsvSource({"http, /mcp", "http, /mcp/read-only", "sse, /mcp/sse"})
    void listsTheSeedsToolsWithSchemasAndHints(String transport, String path) {
        JsonNode tools = clients.mcp(transport, path, "tools").path("tools");

        assertThat(names(tools)).contains("server_manage", "nfs_mount", "nas_volume", "cluster_manage");
        assertThat(StreamSupport.stream(tools.spliterator(), false)).allSatisfy(tool -> {
            assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object");
            assertThat(tool.path("description").asText()).isNotBlank();
            assertThat(tool.at("/annotations/readOnlyHint").isBoolean()).isTrue();
        });
    }

    @Test
    void readOnlyEndpointOffersOnlyWhatReads() {
        JsonNode tools = clients.mcp("http", "/mcp/read-only", "tools").path("tools");

        assertThat(StreamSupport.stream(tools.spliterator(), false))
                .allSatisfy(
                        tool -> assertThat(tool.at("/annotations/readOnlyHint").asBoolean())
                                .as(tool.path("name").asText())
                                .isTrue());
    }

    @Test
    void readOnlyEndpointRefusesAChange() {
        JsonNode answer = clients.mcp(
                "http",
                "/mcp/read-only",
                "call",
                "server_manage",
                "{\"operation\":\"service\",\"action\":\"restart\",\"service_name\":\"nginx\",\"remote_target\":\"app1\"}");

        assertThat(answer.path("isError").asBoolean()).isTrue();
        assertThat(answer.at("/structuredContent/error/category").asText()).isIn("FORBIDDEN", "INVALID_ARGUMENT");
    }

    @Test
    void olderTransportAnswersToo() {
        JsonNode answer = clients.mcp("sse", "/mcp/sse", "call", "server_manage", "{\"operation\":\"health\"}");

        assertThat(answer.at("/structuredContent/state").asText())
                .as(answer.toString())
                .isEqualTo("SUCCEEDED");
    }

    private static List<String> names(JsonNode tools) {
        return StreamSupport.stream(tools.spliterator(), false)
                .map(tool -> tool.path("name").asText())
                .toList();
    }
}
