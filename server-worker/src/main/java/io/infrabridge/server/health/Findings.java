package io.infrabridge.server.health;

import io.infrabridge.server.health.ServerHealth.Status;
import io.infrabridge.server.measure.Disk;
import io.infrabridge.server.measure.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong with a server, by these thresholds: a disk (or its inodes) is degraded from 90 % and failed from 98 %;
 * memory is degraded below 10 % available and failed below 3 %; a load of two for each processor over five minutes
 * degrades, and so does any failed unit.
 */
final class Findings {
    private static final double DISK_DEGRADED = 90;
    private static final double DISK_FAILED = 98;
    private static final double MEMORY_DEGRADED = 10;
    private static final double MEMORY_FAILED = 3;
    private static final double LOAD_DEGRADED = 2;

    private final List<String> issues = new ArrayList<>();
    private Status status = Status.HEALTHY;

    void load(double over5Minutes, int processors) {
        if (over5Minutes / processors >= LOAD_DEGRADED) {
            found(
                    Status.DEGRADED,
                    String.format(
                            Locale.ROOT, "load %.2f over five minutes on %d processors", over5Minutes, processors));
        }
    }

    void memory(long available, long total) {
        double percent = Percent.of(available, total);
        if (percent < MEMORY_DEGRADED) {
            found(percent < MEMORY_FAILED ? Status.FAILED : Status.DEGRADED, "memory: " + percent + " % available");
        }
    }

    void disk(Disk disk) {
        full(disk.mountPoint() + " is ", disk.usedPercent(), " % full");
        disk.inodesUsedPercent().ifPresent(percent -> full(disk.mountPoint() + " uses ", percent, " % of its inodes"));
    }

    void unit(String name) {
        found(Status.DEGRADED, "unit " + name + " failed");
    }

    Status status() {
        return status;
    }

    List<String> issues() {
        return List.copyOf(issues);
    }

    private void full(String subject, double percent, String rest) {
        if (percent >= DISK_DEGRADED) {
            found(percent >= DISK_FAILED ? Status.FAILED : Status.DEGRADED, subject + percent + rest);
        }
    }

    private void found(Status severity, String issue) {
        issues.add(issue);
        if (severity.compareTo(status) > 0) {
            status = severity;
        }
    }
}
