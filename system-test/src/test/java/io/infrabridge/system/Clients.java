package io.infrabridge.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Clients that no one here wrote: the MCP SDK and kafkajs on Node.js, and curl. */
record Clients(LocalSystem system) {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final Path FOLDER = Checkout.root().resolve("system-test/clients");

    /** A call by the MCP SDK; the answer is what the SDK gives its user. */
    JsonNode mcp(String transport, String path, String... request) {
        List<String> argv = new java.util.ArrayList<>(List.of(
                "node",
                script("mcp.mjs"),
                transport,
                system.gateway().resolve(path).toString()));
        argv.addAll(List.of(request));
        Shell.Answer answer = Shell.run(LIMIT, Map.of("INFRABRIDGE_KEY", system.adminKey()), argv);
        JsonNode said = Json.parse(answer.successful());
        Matrix.OF_THIS_RUN.saw(said.path("structuredContent"));
        return said;
    }

    JsonNode mcpCall(String tool, String arguments) {
        return mcp("http", "/mcp", "call", tool, arguments);
    }

    /** A command that the foreign service publishes itself; the answer is the result and who signed it. */
    JsonNode kafka(String domain, Command command) {
        ObjectNode request = Json.object()
                .put("broker", system.kafka())
                .put("key_file", system.foreignService().keyFile().toString())
                .put("key_id", system.foreignService().trustedKey().id())
                .put("trust", system.trustFile().toString())
                .put("domain", domain);
        request.set("command", Json.tree(command));
        return Json.parse(Shell.run(LIMIT, Map.of(), List.of("node", script("kafka.mjs"), Json.text(request)))
                .successful());
    }

    /** The same as the guide's example, with curl. */
    JsonNode curl(ObjectNode request) {
        return Json.parse(Shell.run(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--max-time",
                        "60",
                        "--request",
                        "POST",
                        system.gateway().resolve("/api/v1/operations").toString(),
                        "--header",
                        "Authorization: Bearer " + system.adminKey(),
                        "--header",
                        "Content-Type: application/json",
                        "--data",
                        Json.text(request))
                .successful());
    }

    private static String script(String name) {
        Assertions.assertThat(Files.isDirectory(FOLDER.resolve("node_modules")))
                .as("run npm ci in " + FOLDER + " first")
                .isTrue();
        return FOLDER.resolve(name).toString();
    }
}
