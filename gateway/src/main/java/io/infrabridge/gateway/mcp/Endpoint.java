package io.infrabridge.gateway.mcp;

import io.infrabridge.gateway.catalogue.Tool;
import java.util.Optional;

/** The two MCP servers of this gateway. */
enum Endpoint {
    EVERYTHING("<default>"),
    READ_ONLY("ro");

    /** Where the read-only one is, as {@code application.properties} says too. */
    static final String READ_ONLY_PATH = "/mcp/read-only";

    private final String server;

    Endpoint(String server) {
        this.server = server;
    }

    /** The name by which the MCP extension knows it. */
    String server() {
        return server;
    }

    /** What it shows of a tool. */
    Optional<Tool> shown(Tool tool) {
        return this == READ_ONLY ? tool.reading() : Optional.of(tool);
    }
}
