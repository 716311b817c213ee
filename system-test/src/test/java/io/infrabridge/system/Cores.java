package io.infrabridge.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;

/** How long the cores of this machine have worked, all together, whoever for; see proc(5), {@code /proc/stat}. */
final class Cores {
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int STOLEN = 7;
    private static final long TICKS_A_SECOND = 100;

    private Cores() {}

    static int count() {
        return Runtime.getRuntime().availableProcessors();
    }

    static Duration worked() {
        try {
            String all = Files.readAllLines(Path.of("/proc/stat")).get(0);
            long[] ticks = Arrays.stream(all.split("\\s+"))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            long busy = LongStream.of(ticks).limit(STOLEN + 1).sum() - ticks[IDLE] - ticks[WAITING];
            return Duration.ofMillis(busy * 1000 / TICKS_A_SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
