package io.infrabridge.server.health;

import io.infrabridge.server.health.ServerHealth.Status;
import io.infrabridge.server.measure.Disk;
import io.infrabridge.server.measure.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is wrong with a server by its settings, and what could not be told. */
final class Findings {
    private final HealthSettings settings;
    private final List<String> issues = new ArrayList<>();
    private final List<String> untold = new ArrayList<>();
    private Status worst = Status.HEALTHY;
    private boolean blind;

    Findings(HealthSettings settings) {
        this.settings = settings;
    }

    void load(double over5Minutes, Optional<Integer> processors) {
        if (processors.isEmpty()) {
            blind("load: the number of processors is not known");
        } else if (over5Minutes / processors.get() >= settings.loadDegraded()) {
            found(
                    Status.DEGRADED,
                    String.format(
                            Locale.ROOT,
                            "load %.2f over five minutes on %d processors",
                            over5Minutes,
                            processors.get()));
        }
    }

    void memory(long available, long total) {
        double percent = Percent.of(available, total);
        if (percent < settings.memoryDegradedPercent()) {
            found(
                    percent < settings.memoryFailedPercent() ? Status.FAILED : Status.DEGRADED,
                    "memory: " + percent + " % available");
        }
    }

    void swap(long used, long total) {
        double percent = Percent.of(used, total);
        if (total > 0 && percent >= settings.swapDegradedPercent()) {
            found(Status.DEGRADED, "swap: " + percent + " % in use");
        }
    }

    void disks(Optional<List<Disk>> disks) {
        if (disks.filter(all -> !all.isEmpty()).isEmpty()) {
            blind("disks: no file system could be measured");
        }
        disks.orElse(List.of()).forEach(this::disk);
    }

    void units(Optional<List<String>> failed) {
        failed.ifPresentOrElse(
                names -> names.forEach(name -> found(Status.DEGRADED, "unit " + name + " failed")),
                () -> untold.add("failed units: the host does not run systemd, or it does not answer"));
    }

    void clock(Optional<Boolean> synchronizes) {
        if (synchronizes.isEmpty()) {
            untold.add("clock: timedatectl does not tell whether it is synchronized");
        } else if (!synchronizes.get() && settings.unsynchronizedClockDegrades()) {
            found(Status.DEGRADED, "the clock is not synchronized");
        }
    }

    void upkeep(Upkeep upkeep) {
        if (upkeep.rebootPending().isEmpty()) {
            untold.add("reboot: nothing on the host tells whether one is pending");
        } else if (upkeep.rebootPending().get() && settings.pendingRebootDegrades()) {
            String why = upkeep.rebootReasons().isEmpty() ? "" : " for " + String.join(", ", upkeep.rebootReasons());
            found(Status.DEGRADED, "a reboot is pending" + why);
        }
        if (upkeep.securityUpdates().isEmpty()) {
            untold.add("security updates: the package manager does not tell how many there are");
        } else if (upkeep.securityUpdates().get() > 0 && settings.securityUpdatesDegrade()) {
            found(
                    Status.DEGRADED,
                    "security updates: " + upkeep.securityUpdates().get());
        }
    }

    /** What has failed has failed; otherwise who could not look at load, memory or disks does not know how the server is. */
    Status status() {
        return blind && worst != Status.FAILED ? Status.UNKNOWN : worst;
    }

    List<String> issues() {
        return List.copyOf(issues);
    }

    List<String> untold() {
        return List.copyOf(untold);
    }

    private void disk(Disk disk) {
        full(disk.mountPoint() + " is ", disk.usedPercent(), " % full");
        disk.inodesUsedPercent().ifPresent(percent -> full(disk.mountPoint() + " uses ", percent, " % of its inodes"));
    }

    private void full(String subject, double percent, String rest) {
        if (percent >= settings.diskDegradedPercent()) {
            found(percent >= settings.diskFailedPercent() ? Status.FAILED : Status.DEGRADED, subject + percent + rest);
        }
    }

    private void blind(String what) {
        blind = true;
        untold.add(what);
    }

    private void found(Status severity, String issue) {
        issues.add(issue);
        if (severity == Status.FAILED || worst == Status.HEALTHY) {
            worst = severity;
        }
    }
}
