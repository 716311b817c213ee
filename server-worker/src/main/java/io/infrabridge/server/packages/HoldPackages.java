package io.infrabridge.server.packages;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Holds packages at the versions that are installed; see apt-mark(8) and dnf-versionlock(8). */
@Singleton
final class HoldPackages implements HostOperation<PackageList, PackageHolds> {
    @Override
    public OperationSpec<PackageList, PackageHolds> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Keep installed packages at their versions: no update changes them",
                        PackageList.class,
                        PackageHolds.class,
                        Selector.of("operation", "package"),
                        Selector.of("action", "hold"))
                .risking(Risk.CHANGE)
                .runningOn(Distro.UBUNTU, "apt-mark", "dpkg-query")
                .runningOn(Distro.RHEL, "dnf", "rpm")
                .runningAsRoot(Apt.HOLDING_AS_ROOT)
                .runningAsRoot(Dnf.HOLDING_AS_ROOT)
                .within(Duration.ofMinutes(2));
    }

    @Override
    public Plan probe(PackageList in, HostFacts host) {
        return Holding.probe(in, host);
    }

    @Override
    public Plan plan(PackageList in, HostFacts host, Probed before) {
        return Holding.plan(in, host, before, true);
    }

    @Override
    public PackageHolds parse(PackageList in, Outputs out) {
        return PackageHolds.of(in, out);
    }
}
