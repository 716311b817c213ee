package io.infrabridge.trust.inventory;

import io.infrabridge.trust.InvalidConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host that may be operated over SSH.
 *
 * @param addresses the first is connected to; callers may name the host by any of them
 * @param port of its SSH server, 22 by default
 * @param key the private key to log in with
 * @param knownHosts the file with its host key; a host whose key is not there is refused
 * @param jump the name of the host through which it is reached
 * @param distro {@code nixos}, {@code ubuntu} (Debian too) or {@code rhel}; found out on the host where absent
 */
public record Host(
        String name,
        List<String> addresses,
        Optional<Integer> port,
        String user,
        Path key,
        Path knownHosts,
        Optional<String> jump,
        Optional<String> distro,
        Map<String, String> labels) {
    public Host {
        Name.check(name, "host");
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new InvalidConfiguration("host " + name + " needs at least one address");
        }
        port = port == null ? Optional.empty() : port;
        if (port.isPresent() && (port.get() < 1 || port.get() > 65535)) {
            throw new InvalidConfiguration("host " + name + ": port must be between 1 and 65535");
        }
        if (user == null || !user.matches("[a-z_][a-z0-9_-]{0,31}")) {
            throw new InvalidConfiguration("host " + name + " needs a user, such as infra");
        }
        if (key == null || knownHosts == null) {
            throw new InvalidConfiguration("host " + name + " needs key and known_hosts");
        }
        jump = jump == null ? Optional.empty() : jump;
        distro = distro == null ? Optional.empty() : distro;
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    public String address() {
        return addresses.get(0);
    }

    public int sshPort() {
        return port.orElse(22);
    }
}
