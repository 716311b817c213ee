package io.infrabridge.server.system;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server is.
 *
 * @param distro its name for people; absent where it has no os-release(5)
 * @param distroFamily the family whose tools it has
 * @param virtualization such as kvm or lxc, as systemd-detect-virt(1) says, {@code none} on bare hardware
 * @param uptimeSeconds since its first process began, which in a container is later than the kernel
 * @param timezone absent where it has set none, which is UTC
 * @param packageManager absent where it has none that is known
 * @param userName the account by which it is operated
 * @param readAt the host's own clock; nothing here is older
 * @param factsReadAt when the worker read what its plans go by, distribution and account: it keeps that for ten minutes
 */
record SystemInfo(
        String hostname,
        Optional<String> distro,
        Optional<String> distroId,
        Optional<String> distroVersion,
        String distroFamily,
        String kernel,
        String architecture,
        Optional<String> cpuModel,
        int cpuCount,
        long memoryTotalBytes,
        long swapTotalBytes,
        Optional<String> virtualization,
        long uptimeSeconds,
        Instant bootedAt,
        String bootId,
        Optional<String> timezone,
        List<Address> addresses,
        Optional<String> packageManager,
        String userName,
        Instant readAt,
        Optional<Instant> factsReadAt) {
    SystemInfo {
        addresses = List.copyOf(addresses);
    }
}
