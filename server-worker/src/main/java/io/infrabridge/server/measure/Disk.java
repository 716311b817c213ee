package io.infrabridge.server.measure;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One local file system.
 *
 * @param usedPercent of what is not reserved for root, as df(1) counts
 * @param inodesUsedPercent absent for file systems that have no fixed number of inodes
 */
public record Disk(
        String source,
        String filesystem,
        String mountPoint,
        long sizeBytes,
        long usedBytes,
        long availableBytes,
        double usedPercent,
        Optional<Double> inodesUsedPercent) {
    private static final Pattern LINE = Pattern.compile("^(.+?)\\s+(\\S+)\\s+(\\d{1,18})\\s+(\\d{1,18})\\s+(\\d{1,18})"
            + "\\s+(\\d{1,18}|-)\\s+(\\d{1,18}|-)\\s+(/.*)$");
    /** Two paths and some numbers; see path_resolution(7). */
    private static final int LONGEST = 10_000;

    /** -l: a network file system whose server is dead would hang it; 1: one of many could not be read. */
    public static Run look() {
        return Run.of(
                        "Measure the local file systems",
                        "df",
                        "-l",
                        "-B1",
                        "--output=source,fstype,size,used,avail,itotal,iused,target",
                        "-x",
                        "tmpfs",
                        "-x",
                        "devtmpfs",
                        "-x",
                        "squashfs")
                .accepting(0, 1);
    }

    public static List<Disk> parse(Output df) {
        List<String> lines = df.lines();
        if (lines.isEmpty()) {
            throw new UnexpectedOutput("df printed nothing: " + df.error());
        }
        return lines.stream()
                .skip(1)
                .map(Disk::disk)
                // the layers of containers repeat the file system that they lie on
                .filter(disk -> !disk.filesystem.equals("overlay") || disk.mountPoint.equals("/"))
                .filter(disk -> disk.sizeBytes > 0)
                .toList();
    }

    private static Disk disk(String line) {
        Matcher fields = LINE.matcher(line);
        if (line.length() > LONGEST || !fields.matches()) {
            throw new UnexpectedOutput("df: " + line);
        }
        long used = Long.parseLong(fields.group(4));
        long available = Long.parseLong(fields.group(5));
        return new Disk(
                fields.group(1),
                fields.group(2),
                fields.group(8),
                Long.parseLong(fields.group(3)),
                used,
                available,
                Percent.of(used, used + available),
                inodes(fields.group(6), fields.group(7)));
    }

    private static Optional<Double> inodes(String total, String used) {
        return total.equals("-") || total.equals("0") || used.equals("-")
                ? Optional.empty()
                : Optional.of(Percent.of(Long.parseLong(used), Long.parseLong(total)));
    }
}
