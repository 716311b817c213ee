package io.infrabridge.server.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a reboot went, by the host's own clock.
 *
 * @param secondsAway from when it was to begin until the host answered again; absent where its clock was set meanwhile
 * @param bootedAt when its first process began
 */
record RebootReport(
        String bootIdBefore, String bootIdAfter, Instant askedAt, Instant bootedAt, Optional<Long> secondsAway) {
    static RebootReport between(Boot before, Boot after, int delaySeconds) {
        Duration away = Duration.between(before.seenAt(), after.seenAt()).minusSeconds(delaySeconds);
        return new RebootReport(
                before.id(),
                after.id(),
                before.seenAt(),
                after.bootedAt(),
                Optional.of(away.toSeconds()).filter(seconds -> seconds >= 0));
    }
}
