package io.infrabridge.nfs.health;

import io.infrabridge.nfs.KernelText;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The counters of one mount since it was mounted, from /proc/self/mountstats; all zero where it is not in there. An
 * operation's line is: requests, transmissions, timeouts, bytes sent, bytes received, milliseconds queued, in round trip
 * and in all.
 */
record MountStatistics(long operations, long retransmissions, long roundTripMs, long reads, long writes, long bytes) {
    private static final Pattern DEVICE = Pattern.compile("^device .* mounted on (\\S+) with fstype (\\S+).*$");
    private static final Pattern BYTES =
            Pattern.compile("^\\s*bytes:\\s+\\d+ \\d+ \\d+ \\d+ (\\d+) (\\d+) \\d+ \\d+\\s*$");
    private static final Pattern OPERATION =
            Pattern.compile("^\\s+([A-Z_0-9]+): (\\d+) (\\d+) \\d+ \\d+ \\d+ \\d+ (\\d+) \\d+( \\d+)*$");

    static MountStatistics none() {
        return new MountStatistics(0, 0, 0, 0, 0, 0);
    }

    static MountStatistics parse(Output output, AbsolutePath target) {
        if (!output.text().startsWith("device ")) {
            throw new UnexpectedOutput("/proc/self/mountstats: "
                    + output.text().lines().findFirst().orElse("is empty"));
        }
        MountStatistics sum = none();
        boolean here = false;
        for (String line : output.lines()) {
            Matcher device = DEVICE.matcher(line);
            if (device.matches()) {
                here = KernelText.unescaped(device.group(1)).equals(target.value())
                        && device.group(2).startsWith("nfs");
            } else if (here) {
                sum = sum.with(line);
            }
        }
        return sum;
    }

    private MountStatistics with(String line) {
        Matcher transferred = BYTES.matcher(line);
        if (transferred.matches()) {
            long all = Long.parseLong(transferred.group(1)) + Long.parseLong(transferred.group(2));
            return new MountStatistics(operations, retransmissions, roundTripMs, reads, writes, bytes + all);
        }
        Matcher operation = OPERATION.matcher(line);
        if (!operation.matches()) {
            return this;
        }
        long requests = Long.parseLong(operation.group(2));
        return new MountStatistics(
                operations + requests,
                retransmissions + Math.max(0, Long.parseLong(operation.group(3)) - requests),
                roundTripMs + Long.parseLong(operation.group(4)),
                reads + (operation.group(1).equals("READ") ? requests : 0),
                writes + (operation.group(1).equals("WRITE") ? requests : 0),
                bytes);
    }
}
