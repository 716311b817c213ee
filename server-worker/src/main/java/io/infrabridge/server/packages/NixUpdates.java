package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.nixos.Upgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Updates of NixOS, which are all or nothing: the packages of a host come from one revision of its channels. What has become of
 * them is told by their versions before and after, and by that of NixOS itself.
 */
final class NixUpdates {
    private static final int PACKAGES = Upgrade.LOOKS;
    private static final int VERSION = PACKAGES + 1;

    private NixUpdates() {}

    static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return Upgrade.allowed(spec.runningOn(Distro.NIXOS, "cat", NixInventory.PROGRAM));
    }

    static Plan probe(UpdatePackages.Input in) {
        if (in.packages().isPresent() || in.onlySecurity()) {
            return Plan.refuse(
                    Category.UNSUPPORTED_TARGET,
                    "NixOS takes all packages from one revision of its channels, so "
                            + (in.onlySecurity() ? "security updates do" : "a package does") + " not come alone.",
                    "Update all of it (without packages and security_only), or pin what shall have another version in the"
                            + " configuration of the host.");
        }
        List<Step> looks = new ArrayList<>(Upgrade.looks(RefreshPackages.Input.USUAL));
        looks.add(NixInventory.look());
        looks.add(Run.of("Read the version of NixOS", "cat", "--", "/run/current-system/nixos-version"));
        return Plan.of(looks);
    }

    static Plan plan(UpdatePackages.Input in, Probed before) {
        return Upgrade.plan(in.refreshing(), before);
    }

    static PackageUpdates updates(UpdatePackages.Input in, HostFacts host, Outputs out) {
        return PackageUpdates.of(
                Difference.between(inventory(out.before(), host), inventory(out.after(), host)),
                List.of(),
                in.refreshing() && !Upgrade.fresh(out.before()) && !out.steps().isEmpty());
    }

    private static Inventory inventory(Probed seen, HostFacts host) {
        String version = seen.get(VERSION).text().strip();
        return new Inventory(Stream.concat(
                        NixInventory.of(seen.get(PACKAGES), host.machine()).entries().stream(),
                        Stream.of(NixInventory.entry("nixos", version, host.machine())))
                .toList());
    }
}
