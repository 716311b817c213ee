package io.infrabridge.server.measure;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What /proc/loadavg, /proc/uptime and /proc/meminfo say, read in that order; see proc(5). */
public record Kernel(
        double load1,
        double load5,
        double load15,
        double uptime,
        long memoryTotal,
        long memoryAvailable,
        long swapTotal,
        long swapFree) {
    private static final String FRACTION = "\\d{1,12}\\.\\d{1,6}";
    private static final Pattern LOAD =
            Pattern.compile("^(" + FRACTION + ") (" + FRACTION + ") (" + FRACTION + ") \\d+/\\d+ \\d+$");
    private static final Pattern UPTIME = Pattern.compile("^(" + FRACTION + ") \\d+\\.\\d+$");
    private static final Pattern MEMORY = Pattern.compile("^([^\\s:]{1,60}):\\s{1,60}(\\d{1,15}) kB$");
    private static final Pattern PRETTY_NAME = Pattern.compile("(?m)^PRETTY_NAME=\"?([^\"\\n]{0,200})\"?$");
    /** Of the first line of /proc/stat: user nice system idle iowait irq softirq steal. */
    private static final int COUNTERS = 8;

    public static ReadProc look() {
        return ReadProc.of("Read load, uptime and memory", "/proc/loadavg", "/proc/uptime", "/proc/meminfo");
    }

    /** The processors' counters, for {@link #busyPercent}. */
    public static Run counters(String description) {
        return Run.of(description, "head", "-n", "1", "/proc/stat");
    }

    public static Kernel parse(Output output) {
        List<String> lines = output.lines();
        if (lines.size() < 3) {
            throw new UnexpectedOutput("/proc: " + output.text());
        }
        Matcher load = LOAD.matcher(lines.get(0));
        Matcher uptime = UPTIME.matcher(lines.get(1));
        if (!load.matches() || !uptime.matches()) {
            throw new UnexpectedOutput("/proc/loadavg or /proc/uptime: " + lines.get(0) + " " + lines.get(1));
        }
        Map<String, Long> memory = new HashMap<>();
        for (String line : lines.subList(2, lines.size())) {
            Matcher entry = MEMORY.matcher(line);
            if (entry.matches()) {
                memory.put(entry.group(1), Long.parseLong(entry.group(2)) * 1024);
            }
        }
        return new Kernel(
                Double.parseDouble(load.group(1)),
                Double.parseDouble(load.group(2)),
                Double.parseDouble(load.group(3)),
                Double.parseDouble(uptime.group(1)),
                entry(memory, "MemTotal"),
                entry(memory, "MemAvailable"),
                entry(memory, "SwapTotal"),
                entry(memory, "SwapFree"));
    }

    public static int processors(Output nproc) {
        String text = nproc.text().strip();
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw new UnexpectedOutput("nproc: " + text);
        }
        return Integer.parseInt(text);
    }

    public static Optional<String> prettyName(Output osRelease) {
        Matcher name = PRETTY_NAME.matcher(osRelease.text());
        return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** Between two readings of the first line of /proc/stat; waiting for disks counts as idle. */
    public static Optional<Double> busyPercent(Output first, Output second) {
        long[] from = counters(first);
        long[] to = counters(second);
        long all = 0;
        for (int i = 0; i < COUNTERS; i++) {
            all += to[i] - from[i];
        }
        long idle = to[3] - from[3] + to[4] - from[4];
        return all <= 0 || idle < 0 || idle > all ? Optional.empty() : Optional.of(Percent.of(all - idle, all));
    }

    private static long[] counters(Output stat) {
        String[] fields = stat.text().strip().split("\\s+");
        try {
            if (!fields[0].equals("cpu") || fields.length <= COUNTERS) {
                throw new UnexpectedOutput("/proc/stat: " + stat.text());
            }
            return Arrays.stream(fields)
                    .skip(1)
                    .limit(COUNTERS)
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new UnexpectedOutput("/proc/stat: " + stat.text(), e);
        }
    }

    private static long entry(Map<String, Long> memory, String name) {
        Long bytes = memory.get(name);
        if (bytes == null) {
            throw new UnexpectedOutput("/proc/meminfo has no " + name);
        }
        return bytes;
    }
}
