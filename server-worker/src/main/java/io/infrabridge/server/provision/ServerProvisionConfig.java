package io.infrabridge.server.provision;

import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.MachineName;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.runtime.value.TimeZoneName;
import io.infrabridge.server.firewall.FirewallRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server shall be; what is not in it stays as it is. */
record ServerProvisionConfig(
        Optional<MachineName> hostname,
        Optional<TimeZoneName> timezone,
        Optional<List<PackageName>> packages,
        Optional<List<UserConfig>> users,
        Optional<List<FileConfig>> files,
        Optional<List<SysctlEntry>> sysctl,
        Optional<List<FirewallRule>> firewall,
        Optional<List<ServiceConfig>> services) {
    ServerProvisionConfig {
        packages = Given.each(packages, "packages", name -> name);
        users = Given.each(users, "users", UserConfig::name);
        files = Given.each(files, "files", FileConfig::path);
        sysctl = Given.each(sysctl, "sysctl", SysctlEntry::key);
        firewall = Given.each(firewall, "firewall", FirewallRule::packets);
        services = Given.each(services, "services", ServiceConfig::name);
        boolean listed = Stream.of(packages, users, files, sysctl, firewall, services)
                .flatMap(Optional::stream)
                .anyMatch(entries -> !entries.isEmpty());
        if (!listed && hostname.isEmpty() && timezone.isEmpty()) {
            throw new InvalidValue("expected at least one thing that shall be so");
        }
    }
}
