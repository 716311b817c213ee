package io.infrabridge.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The ways on which a caller can ask for something; each gives the same operation. */
enum Way {
    /** An AI agent, by the official MCP SDK. */
    MCP("key:admin") {
        @Override
        JsonNode call(Clients clients, Rest rest, Request request) {
            return clients.mcpCall(TOOL, request.arguments()).path("structuredContent");
        }
    },
    /** Another service, over HTTP. */
    REST("key:admin") {
        @Override
        JsonNode call(Clients clients, Rest rest, Request request) {
            return rest.call(TOOL, request.arguments()).body();
        }
    },
    /** A person at a terminal. */
    CURL("key:admin") {
        @Override
        JsonNode call(Clients clients, Rest rest, Request request) {
            return clients.curl(Rest.request(TOOL, request.arguments()));
        }
    },
    /** A service that publishes commands itself, by kafkajs. */
    KAFKA("ops:alice") {
        @Override
        JsonNode call(Clients clients, Rest rest, Request request) {
            Instant now = Instant.now();
            Command command = new Command(
                    UUID.randomUUID().toString(),
                    ForeignService.NAME,
                    TOOL,
                    request.action(),
                    Json.parse(request.arguments()),
                    request.target(),
                    caller(),
                    Set.of("operator", "reader"),
                    Optional.of("system test"),
                    Optional.empty(),
                    false,
                    now,
                    now.plusSeconds(60),
                    Optional.empty());
            return clients.kafka("server", command).path("result");
        }
    };

    static final String TOOL = "server_manage";

    private final String caller;

    Way(String caller) {
        this.caller = caller;
    }

    abstract JsonNode call(Clients clients, Rest rest, Request request);

    String caller() {
        return caller;
    }

    /** What is asked for: the action as the catalogue names it, and the arguments by which callers choose it. */
    record Request(String action, String target, String arguments) {
        static Request health(String target) {
            return new Request("health.check", target, arguments("\"operation\":\"health\"", target));
        }

        static Request packages(String action, String name, String target) {
            String words = "\"operation\":\"package\",\"action\":\"%s\",\"packages\":[\"%s\"]".formatted(action, name);
            return new Request("package." + action, target, arguments(words, target));
        }

        static Request service(String action, String name, String target) {
            String words =
                    "\"operation\":\"service\",\"action\":\"%s\",\"service_name\":\"%s\"".formatted(action, name);
            return new Request("service." + action, target, arguments(words, target));
        }

        private static String arguments(String words, String target) {
            return "{" + words + ",\"remote_target\":\"" + target + "\"}";
        }
    }
}
