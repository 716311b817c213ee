package io.infrabridge.gateway.mcp;

import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** What a client says beside the arguments, in {@code _meta}. */
record CallMeta(Optional<String> idempotencyKey, Optional<Duration> asked, boolean cancelOnDisconnect) {
    private static final String IDEMPOTENCY_KEY = "io.infrabridge/idempotency_key";
    private static final String WAIT_SECONDS = "io.infrabridge/wait_seconds";
    private static final String CANCEL_ON_DISCONNECT = "io.infrabridge/cancel_on_disconnect";

    static CallMeta of(ToolArguments call) {
        JsonObject meta = call.meta().asJsonObject();
        if (meta == null) {
            return new CallMeta(Optional.empty(), Optional.empty(), false);
        }
        Optional<String> key =
                Optional.ofNullable(meta.getValue(IDEMPOTENCY_KEY)).map(Object::toString);
        Optional<Duration> wait = meta.getValue(WAIT_SECONDS) instanceof Number seconds
                ? Optional.of(Duration.ofSeconds(Math.max(0, seconds.longValue())))
                : Optional.empty();
        return new CallMeta(key, wait, Boolean.TRUE.equals(meta.getValue(CANCEL_ON_DISCONNECT)));
    }

    Duration wait(McpConfiguration configuration) {
        Duration wait = asked.orElse(configuration.defaultWait());
        return wait.compareTo(configuration.longestWait()) > 0 ? configuration.longestWait() : wait;
    }
}
