package io.infrabridge.gateway.command;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long a caller waits for the end of his operation, and who hears the news until then.
 *
 * @param listener hears of the operation first when it is accepted; must not block
 */
public record Waiting(Duration atMost, Consumer<Update> listener) {
    public static Waiting atMost(Duration duration) {
        return new Waiting(duration, update -> {});
    }
}
