package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which boot a host runs; see random(4), proc(5).
 *
 * @param seenAt the host's own clock when it was looked at
 * @param uptime since its first process began, which in a container is later than the kernel
 */
record Boot(String id, Instant seenAt, Duration uptime) {
    static final String ID = "/proc/sys/kernel/random/boot_id";

    /** How many steps {@link #look} has. */
    static final int LOOKS = 3;

    private static final Pattern IDENTITY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern UPTIME = Pattern.compile("(\\d{1,12})\\.(\\d{2}) \\d{1,15}\\.\\d{2}");
    /** Of stat: when the process began, in ticks after the kernel did; counted from the state, which follows the name. */
    private static final int BEGAN = 19;

    private static final int MILLISECONDS_A_TICK = 10;

    /** What {@link #parse} reads from the first steps of a probe. */
    static List<Step> look() {
        return List.of(
                ReadProc.of("Read which boot the host runs and for how long", ID, "/proc/uptime"),
                // a host may hide the processes of others
                Run.of("Read when its first process began", "cat", "--", "/proc/1/stat")
                        .accepting(0, 1),
                Run.of("Read its clock", "date", "--utc", "+%Y-%m-%dT%H:%M:%S.%NZ"));
    }

    static Boot parse(Probed seen) {
        List<String> lines = seen.get(0).lines();
        if (lines.size() != 2) {
            throw new UnexpectedOutput("boot_id and uptime: " + seen.get(0).text());
        }
        Matcher uptime = UPTIME.matcher(lines.get(1).strip());
        if (!uptime.matches()) {
            throw new UnexpectedOutput("/proc/uptime: " + lines.get(1));
        }
        Duration kernel =
                Duration.ofSeconds(Long.parseLong(uptime.group(1))).plusMillis(10L * Integer.parseInt(uptime.group(2)));
        Duration own = kernel.minus(began(seen.get(1)));
        return new Boot(id(lines.get(0)), clock(seen.get(2)), own.isNegative() ? kernel : own);
    }

    /** From the text of {@link #ID} alone. */
    static String id(String text) {
        String id = text.strip();
        if (!IDENTITY.matcher(id).matches()) {
            throw new UnexpectedOutput(ID + ": " + text);
        }
        return id;
    }

    static Instant clock(Output date) {
        try {
            return Instant.parse(date.text().strip());
        } catch (DateTimeParseException e) {
            throw new UnexpectedOutput("date: " + date.text(), e);
        }
    }

    Instant bootedAt() {
        return seenAt.minus(uptime);
    }

    private static Duration began(Output stat) {
        if (!stat.succeeded()) {
            return Duration.ZERO;
        }
        // the name may have any character, brackets too
        String[] fields =
                stat.text().substring(stat.text().lastIndexOf(')') + 1).strip().split(" ", BEGAN + 2);
        if (fields.length < BEGAN + 1 || !fields[BEGAN].matches("\\d{1,15}")) {
            throw new UnexpectedOutput("/proc/1/stat: " + stat.text());
        }
        return Duration.ofMillis(MILLISECONDS_A_TICK * Long.parseLong(fields[BEGAN]));
    }
}
