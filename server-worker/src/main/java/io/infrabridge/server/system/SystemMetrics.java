package io.infrabridge.server.system;

import io.infrabridge.server.measure.Disk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server does.
 *
 * @param cpuPercent how busy the processors were between two looks; absent where too short to tell
 * @param load1 the load average over one minute; the others over five and fifteen
 * @param diskActivity of whole disks, between two looks
 * @param processesBlocked those that wait for a disk or a dead server and cannot be interrupted
 * @param openFiles of the whole kernel
 * @param servicesRunning absent where the host does not run systemd
 * @param measuredAt the host's own clock
 */
record SystemMetrics(
        int cpuCount,
        Optional<Double> cpuPercent,
        double load1,
        double load5,
        double load15,
        long memoryTotalBytes,
        long memoryUsedBytes,
        long memoryAvailableBytes,
        long swapTotalBytes,
        long swapUsedBytes,
        List<Disk> disks,
        List<Traffic.DiskActivity> diskActivity,
        List<Traffic.NetworkActivity> networkActivity,
        int processes,
        int processesRunning,
        int processesBlocked,
        int zombies,
        long openFiles,
        long openFilesLimit,
        Optional<Integer> servicesRunning,
        long uptimeSeconds,
        Instant measuredAt) {
    SystemMetrics {
        disks = List.copyOf(disks);
        diskActivity = List.copyOf(diskActivity);
        networkActivity = List.copyOf(networkActivity);
    }
}
