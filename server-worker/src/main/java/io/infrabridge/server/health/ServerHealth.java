package io.infrabridge.server.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.infrabridge.server.measure.Disk;
import java.util.List;
import java.util.Optional;

/**
 * How a server is.
 *
 * @param issues what is wrong, each with its measure; empty where the status is healthy
 * @param cpuPercent how busy the processors were while the check ran; absent where too short to tell
 * @param load1 the load average over one minute; the others over five and fifteen
 */
record ServerHealth(
        Status status,
        List<String> issues,
        String hostname,
        Optional<String> distro,
        String kernel,
        long uptimeSeconds,
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
        List<String> failedUnits) {
    ServerHealth {
        issues = List.copyOf(issues);
        disks = List.copyOf(disks);
        failedUnits = List.copyOf(failedUnits);
    }

    enum Status {
        @JsonProperty("healthy")
        HEALTHY,
        @JsonProperty("degraded")
        DEGRADED,
        @JsonProperty("failed")
        FAILED
    }
}
