package io.infrabridge.server.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.infrabridge.server.measure.Disk;
import java.util.List;
import java.util.Optional;

/**
 * How a server is.
 *
 * @param status unknown where load, memory or disks could not be looked at
 * @param issues what is wrong, each with its measure; empty where the status is healthy
 * @param notKnown what could not be told, and why
 * @param cpuPercent how busy the processors were while the check ran; absent where too short to tell
 * @param rebootPending absent where nothing on the host tells
 * @param rebootReasons the packages that need the reboot, where they are told
 * @param securityUpdates how many packages have one, by the lists that the host has; absent where it cannot be told
 * @param load1 the load average over one minute; the others over five and fifteen
 */
record ServerHealth(
        Status status,
        List<String> issues,
        List<String> notKnown,
        String hostname,
        Optional<String> distro,
        String kernel,
        long uptimeSeconds,
        Optional<Integer> cpuCount,
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
        List<String> failedUnits,
        Optional<Boolean> clockSynchronized,
        Optional<Boolean> rebootPending,
        List<String> rebootReasons,
        Optional<Integer> securityUpdates) {
    ServerHealth {
        issues = List.copyOf(issues);
        notKnown = List.copyOf(notKnown);
        rebootReasons = List.copyOf(rebootReasons);
        disks = List.copyOf(disks);
        failedUnits = List.copyOf(failedUnits);
    }

    enum Status {
        @JsonProperty("healthy")
        HEALTHY,
        @JsonProperty("degraded")
        DEGRADED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("unknown")
        UNKNOWN
    }
}
