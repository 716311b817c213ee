package io.infrabridge.server.packages;

import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.value.PackageQuery;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Finds packages whose name or description has all words of the query; those whose name has it come first. */
@Singleton
final class SearchPackages implements HostOperation<SearchPackages.Input, SearchPackages.Found> {
    private static final int MOST = 100;

    @Override
    public OperationSpec<Input, Found> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Search the packages that could be installed",
                        Input.class,
                        Found.class,
                        Selector.of("operation", "package"),
                        Selector.of("action", "search"))
                .runningOn(Distro.UBUNTU, "apt-cache")
                .runningOn(Distro.RHEL, "dnf")
                .runningOn(Distro.NIXOS, "nix-env")
                .within(Duration.ofMinutes(2));
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        if (host.distro() == Distro.NIXOS) {
            return Plan.of(NixSearch.search(in.query()));
        }
        return PackageManager.of(host)
                .map(manager -> Plan.of(manager.search(in.query())))
                .orElseGet(() -> PackageManager.unsupported(host));
    }

    @Override
    public Found parse(Input in, Outputs out) {
        return best(in, FoundPackage.parse(out.before().get(0)), out);
    }

    @Override
    public Found parse(Input in, HostFacts host, Outputs out) {
        return host.distro() == Distro.NIXOS
                ? best(in, NixSearch.found(in.query(), out.before().get(0)), out)
                : parse(in, out);
    }

    private static Found best(Input in, List<FoundPackage> all, Outputs out) {
        String query = in.query().value().strip();
        List<FoundPackage> first = all.stream()
                .sorted(Comparator.comparing(
                                (FoundPackage found) -> !found.name().equals(query))
                        .thenComparing(found -> !found.name().contains(query))
                        .thenComparing(FoundPackage::name))
                .limit(MOST)
                .toList();
        return new Found(first, all.size(), out.before().get(0).truncated() || all.size() > MOST);
    }

    record Input(PackageQuery query) {}

    /**
     * What was found.
     *
     * @param total how many there are; only the first hundred are listed
     */
    record Found(List<FoundPackage> packages, int total, boolean truncated) {
        Found {
            packages = List.copyOf(packages);
        }
    }
}
