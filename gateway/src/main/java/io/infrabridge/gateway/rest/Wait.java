package io.infrabridge.gateway.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Prefer: wait=N} of a caller, bounded.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>
 */
final class Wait {
    private static final Pattern PREFERENCE = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,9})\"?");

    private Wait() {}

    static Duration of(Optional<String> prefer, RestConfiguration configuration) {
        Duration asked = prefer.map(PREFERENCE::matcher)
                .filter(Matcher::find)
                .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))))
                .orElse(configuration.defaultWait());
        return asked.compareTo(configuration.longestWait()) > 0 ? configuration.longestWait() : asked;
    }
}
