package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.server.firewall.RulePart;
import io.infrabridge.server.packages.PackagesPart;
import io.infrabridge.server.service.ServicePart;
import io.infrabridge.server.system.SystemParts;
import java.util.ArrayList;
import java.util.List;

/** Makes the sections of a configuration, in the order in which one may need what the ones before it bring. */
record Wanted(AllowedRoots roots) {
    /** All that any section may run. */
    <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return RulePart.allowed(SystemParts.allowed(ServicePart.allowed(PackagesPart.allowed(
                        spec.running("cat", "grep", "install", "mv", "rm", "sha256sum", "stat", "sysctl")
                                .runningOn(Distro.NIXOS, "rmdir")))))
                .runningAsRoot(FileSection.asRoot(roots))
                .runningAsRoot(SysctlSection.asRoot())
                .runningAsRoot(EtcFile.AS_ROOT);
    }

    Plan probe(ProvisionInput in, HostFacts host) {
        return sections(in, host).probe();
    }

    Sections sections(ProvisionInput in, HostFacts host) {
        ServerProvisionConfig config = in.config();
        boolean declares = host.distro() == Distro.NIXOS;
        List<Section> all = new ArrayList<>(declares ? declared(config, roots) : basics(config, host));
        config.users()
                .ifPresent(users -> users.forEach(user -> all.add(new PartSection(
                        "users",
                        SystemParts.account(user.name(), user.groups(), user.shell(), user.sshKeys()),
                        host,
                        true))));
        config.files()
                .ifPresent(files -> files.stream()
                        .filter(file -> !declares || !EtcFile.is(file))
                        .forEach(file -> all.add(FileSection.of(file, roots))));
        if (!declares) {
            config.sysctl()
                    .filter(entries -> !entries.isEmpty())
                    .ifPresent(entries -> all.add(new SysctlSection(entries)));
            all.addAll(reachedAndRunning(config, host));
        }
        return new Sections(all);
    }

    private static List<Section> basics(ServerProvisionConfig config, HostFacts host) {
        List<Section> all = new ArrayList<>();
        config.hostname().ifPresent(name -> all.add(new PartSection("hostname", SystemParts.named(name), host, false)));
        config.timezone()
                .ifPresent(zone -> all.add(new PartSection("timezone", SystemParts.located(zone), host, false)));
        config.packages()
                .filter(names -> !names.isEmpty())
                .ifPresent(names -> all.add(new PartSection("packages", PackagesPart.of(names), host, true)));
        return all;
    }

    private static List<Section> reachedAndRunning(ServerProvisionConfig config, HostFacts host) {
        List<Section> all = new ArrayList<>();
        config.firewall()
                .ifPresent(rules ->
                        rules.forEach(rule -> all.add(new PartSection("firewall", RulePart.of(rule), host, false))));
        config.services()
                .ifPresent(services -> services.forEach(service -> all.add(new PartSection(
                        "services",
                        new ServicePart(service.name(), service.enabled(), service.running()),
                        host,
                        false))));
        return all;
    }

    /** On NixOS these are one section, because each build is one of all that is declared. */
    private static List<Section> declared(ServerProvisionConfig config, AllowedRoots roots) {
        List<DeclaredSection.Named> all = new ArrayList<>();
        config.hostname()
                .ifPresent(name -> all.add(new DeclaredSection.Named("hostname", SystemParts.declaredName(name))));
        config.timezone()
                .ifPresent(zone -> all.add(new DeclaredSection.Named("timezone", SystemParts.declaredZone(zone))));
        config.packages()
                .filter(names -> !names.isEmpty())
                .ifPresent(names -> all.add(new DeclaredSection.Named("packages", PackagesPart.declared(names))));
        config.files()
                .ifPresent(
                        files -> files.stream().filter(EtcFile::is).forEach(file -> all.add(EtcFile.of(file, roots))));
        config.sysctl()
                .filter(entries -> !entries.isEmpty())
                .ifPresent(entries -> all.add(DeclaredParameters.of(entries)));
        config.firewall()
                .filter(rules -> !rules.isEmpty())
                .ifPresent(rules -> all.add(new DeclaredSection.Named("firewall", RulePart.declared(rules))));
        config.services()
                .ifPresent(services -> services.forEach(service -> all.add(new DeclaredSection.Named(
                        "services", ServicePart.declared(service.name(), service.enabled(), service.running())))));
        return all.isEmpty() ? List.of() : List.of(new DeclaredSection(all));
    }
}
