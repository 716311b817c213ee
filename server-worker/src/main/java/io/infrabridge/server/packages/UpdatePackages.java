package io.infrabridge.server.packages;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings what is installed to the versions that the package lists offer: all of it or what is named, or of that the security
 * updates. Lists that are older than an hour are fetched first; then the plan can only tell what the old ones offer, and says so.
 * Its undo goes back to the versions before, where all of them are still offered; otherwise there is none, and the plan says so.
 */
@Singleton
final class UpdatePackages implements HostOperation<UpdatePackages.Input, PackageUpdates> {
    @Override
    public OperationSpec<Input, PackageUpdates> spec() {
        return NixUpdates.allowed(OperationSpec.read(
                        ServerManage.TOOL,
                        "Update installed packages: all, the named ones, or only security updates",
                        Input.class,
                        PackageUpdates.class,
                        Selector.of("operation", "package"),
                        Selector.of("action", "update"))
                .risking(Risk.CHANGE)
                .runningOn(Distro.UBUNTU, "apt-cache", "apt-get", "apt-mark", "dpkg-query", "find")
                .runningOn(Distro.RHEL, "dnf", "find", "rpm")
                .runningAsRoot(Apt.AS_ROOT)
                .runningAsRoot(AptUpdates.AS_ROOT)
                .runningAsRoot(Dnf.AS_ROOT)
                .runningAsRoot(DnfUpdates.AS_ROOT)
                .runningAsRoot(Apt.REFRESHING_AS_ROOT, Dnf.REFRESHING_AS_ROOT)
                .within(Duration.ofMinutes(60)));
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        if (host.distro() == Distro.NIXOS) {
            return NixUpdates.probe(in);
        }
        return PackageManager.of(host)
                .map(manager -> manager.objection(in.named())
                        .orElseGet(() -> Plan.of(Stream.concat(
                                        Stream.of(
                                                manager.inventory(),
                                                manager.held(),
                                                manager.newer(),
                                                manager.lists(RefreshPackages.Input.USUAL)),
                                        manager.updates().looks(in).stream())
                                .toList())))
                .orElseGet(() -> PackageManager.unsupported(host));
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        if (host.distro() == Distro.NIXOS) {
            return NixUpdates.plan(in, before);
        }
        PackageManager manager = PackageManager.of(host).orElseThrow();
        return new UpdatePlan(manager, in, UpdatesSeen.of(before)).plan();
    }

    @Override
    public PackageUpdates parse(Input in, Outputs out) {
        return PackageUpdates.between(in, out);
    }

    @Override
    public PackageUpdates parse(Input in, HostFacts host, Outputs out) {
        return host.distro() == Distro.NIXOS ? NixUpdates.updates(in, host, out) : parse(in, out);
    }

    record Input(
            @JsonPropertyDescription("Only these, which must be installed; all where absent")
            Optional<List<PackageName>> packages,

            @JsonPropertyDescription("Only security updates; false where absent")
            Optional<Boolean> securityOnly,

            @JsonPropertyDescription(
                    "Fetch the package lists first where they are older than an hour; true where absent")
            Optional<Boolean> refresh) {
        Input {
            packages = packages.map(names -> new PackageList(names).packages());
        }

        List<PackageName> named() {
            return packages.orElse(List.of());
        }

        boolean onlySecurity() {
            return securityOnly.orElse(false);
        }

        boolean refreshing() {
            return refresh.orElse(true);
        }
    }
}
