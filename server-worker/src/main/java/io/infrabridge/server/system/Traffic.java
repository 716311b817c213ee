package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.measure.Percent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What disks and networks have done since the kernel began; two of them tell what they do. See proc(5) and the kernel's
 * admin-guide/iostats.
 *
 * @param uptime when it was read, in seconds after the kernel began
 */
record Traffic(double uptime, Map<String, long[]> disks, Map<String, long[]> interfaces) {
    private static final Pattern UPTIME = Pattern.compile("(\\d{1,12}\\.\\d{2}) \\d{1,15}\\.\\d{2}");
    private static final Pattern INTERFACE = Pattern.compile("\\s{0,20}([^\\s:|]{1,40}):(.{0,1000})");
    private static final Pattern COUNTERS = Pattern.compile("(\\s*+\\d{1,19}+)++\\s*+");
    private static final Pattern UNTOLD = Pattern.compile("(loop|ram|zram)\\d+");
    private static final int SECTOR = 512;
    private static final int MOST = 200;
    private static final int LONGEST_LINE = 2000;
    // of diskstats, after the name
    private static final int FEWEST_OF_A_DISK = 11;
    private static final int READS = 0;
    private static final int SECTORS_READ = 2;
    private static final int WRITES = 4;
    private static final int SECTORS_WRITTEN = 6;
    private static final int BUSY_MILLISECONDS = 9;
    // of net/dev, after the name
    private static final int OF_AN_INTERFACE = 16;
    private static final int RECEIVED = 0;
    private static final int RECEIVED_WRONG = 2;
    private static final int SENT = 8;
    private static final int SENT_WRONG = 10;

    static ReadProc look(String description) {
        return ReadProc.of(description, "/proc/uptime", "/proc/diskstats", "/proc/net/dev");
    }

    static Traffic parse(Output output) {
        List<String> lines = output.lines();
        Matcher uptime = UPTIME.matcher(lines.isEmpty() ? "" : lines.get(0).strip());
        if (!uptime.matches()) {
            throw new UnexpectedOutput("/proc/uptime: " + output.text());
        }
        Map<String, long[]> disks = new LinkedHashMap<>();
        Map<String, long[]> interfaces = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.length() > LONGEST_LINE) {
                throw new UnexpectedOutput("/proc/diskstats or /proc/net/dev: " + line);
            }
            Matcher named = INTERFACE.matcher(line);
            if (named.matches() && COUNTERS.matcher(named.group(2)).matches()) {
                put(interfaces, named.group(1), named.group(2), OF_AN_INTERFACE);
            } else {
                String[] parts = line.strip().split("\\s+", 4);
                if (parts.length == 4 && COUNTERS.matcher(parts[3]).matches()) {
                    put(disks, parts[2], parts[3], FEWEST_OF_A_DISK);
                }
            }
        }
        interfaces.remove("lo");
        disks.keySet().removeIf(name -> UNTOLD.matcher(name).matches());
        disks.keySet().removeAll(parts(disks));
        return new Traffic(Double.parseDouble(uptime.group(1)), disks, interfaces);
    }

    List<DiskActivity> disksSince(Traffic before) {
        List<DiskActivity> found = new ArrayList<>();
        double seconds = uptime - before.uptime;
        disks.forEach((name, now) -> {
            long[] then = before.disks.get(name);
            if (then != null && seconds > 0) {
                found.add(new DiskActivity(
                        name,
                        rate(then, now, SECTORS_READ, SECTOR / seconds),
                        rate(then, now, SECTORS_WRITTEN, SECTOR / seconds),
                        rate(then, now, READS, 1 / seconds),
                        rate(then, now, WRITES, 1 / seconds),
                        Math.min(100, Percent.of(rate(then, now, BUSY_MILLISECONDS, 1 / seconds), 1000))));
            }
        });
        return found;
    }

    List<NetworkActivity> networksSince(Traffic before) {
        List<NetworkActivity> found = new ArrayList<>();
        double seconds = uptime - before.uptime;
        interfaces.forEach((name, now) -> {
            long[] then = before.interfaces.get(name);
            if (then != null && seconds > 0) {
                found.add(new NetworkActivity(
                        name,
                        rate(then, now, RECEIVED, 1 / seconds),
                        rate(then, now, SENT, 1 / seconds),
                        now[RECEIVED_WRONG],
                        now[SENT_WRONG]));
            }
        });
        return found;
    }

    private static void put(Map<String, long[]> into, String name, String counters, int fewest) {
        String[] words = counters.strip().split("\\s+");
        if (words.length < fewest || into.size() >= MOST) {
            return;
        }
        try {
            into.put(name, Arrays.stream(words).mapToLong(Long::parseLong).toArray());
        } catch (NumberFormatException e) {
            throw new UnexpectedOutput("a counter of " + name + ": " + counters, e);
        }
    }

    /** Partitions: what they do is told of their disk. */
    private static List<String> parts(Map<String, long[]> disks) {
        return disks.keySet().stream()
                .filter(name -> disks.keySet().stream()
                        .anyMatch(disk -> name.length() > disk.length()
                                && name.startsWith(disk)
                                && name.substring(disk.length())
                                        .matches(Character.isDigit(disk.charAt(disk.length() - 1)) ? "p\\d+" : "\\d+")))
                .toList();
    }

    /** A counter that begins anew gives no rate. */
    private static long rate(long[] then, long[] now, int counter, double factor) {
        return now[counter] < then[counter] ? 0 : Math.round((now[counter] - then[counter]) * factor);
    }

    /** What a disk does. */
    record DiskActivity(
            String device,
            long readBytesPerSecond,
            long writtenBytesPerSecond,
            long readsPerSecond,
            long writesPerSecond,
            double busyPercent) {}

    /**
     * What a network interface does.
     *
     * @param receiveErrors since the interface came up
     */
    record NetworkActivity(
            String interfaceName,
            long receivedBytesPerSecond,
            long sentBytesPerSecond,
            long receiveErrors,
            long sendErrors) {}
}
