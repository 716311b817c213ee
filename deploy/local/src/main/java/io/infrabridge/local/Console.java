package io.infrabridge.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What the person at the terminal reads while everything starts. */
final class Console {
    private final PrintStream out;
    private final Instant begin = Instant.now();

    Console(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
    }

    void ready(Instance instance, String address, Instant started) {
        out.printf(Locale.ROOT, "  %-15s %-24s %5.1f s%n", instance.title(), address, seconds(started));
    }

    void summary(Layout layout, Ports ports) {
        String gateway = ports.address(Part.GATEWAY);
        String key = shortest(layout.adminKey());
        out.printf(
                Locale.ROOT,
                """

                Ready after %.1f s.
                  REST        %2$s/api/v1
                  MCP         %2$s/mcp (read-only: %2$s/mcp/read-only)
                  Kafka       %3$s
                  key         %4$s (administrator)
                  inventory   %5$s
                  logs        %6$s

                Try:
                  curl -s -X POST %2$s/api/v1/operations \\
                    -H "Authorization: Bearer $(cat %4$s)" -H "Content-Type: application/json" \\
                    -d '{"tool":"server_manage","arguments":{"operation":"health"}}'

                Ctrl-C stops everything.
                """,
                seconds(begin),
                gateway,
                ports.address(Part.KAFKA),
                key,
                shortest(layout.inventory()),
                shortest(layout.logs()));
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }

    /** Relative to where the person stands, if that is above it. */
    private static String shortest(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }
}
