package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.server.OddOutput;
import org.junit.jupiter.api.Test;

/** Whatever package managers say is read, or refused as not understood. */
final class OddPackageOutputTest {
    @Test
    void inventoriesAreReadOrRefused() {
        OddOutput.of(Captured.output("dpkg-query-broken"), Captured.output("rpm-qa-outdated"))
                .isReadOrRefused(odd -> {
                    Inventory inventory = Inventory.parse(odd);
                    Difference.between(inventory, Inventory.parse(Captured.output("dpkg-query-updated")));
                });
    }

    @Test
    void simulationsAreReadOrRefused() {
        OddOutput.of(
                        Captured.output("apt-get-simulated-update"),
                        Captured.output("apt-get-simulated-removal"),
                        Captured.error(100, "apt-get-simulated-update-held-named.err"))
                .isReadOrRefused(new Apt()::foreseen);
    }

    @Test
    void transactionsAreReadOrRefused() {
        OddOutput.of(
                        DnfPackagesTest.simulated("update-replacing"),
                        DnfPackagesTest.simulated("install-wide"),
                        DnfPackagesTest.simulated("update-nothing"),
                        Captured.error(1, "dnf-foreseen-broken.err"))
                .isReadOrRefused(DnfTransaction::parse);
    }

    @Test
    void offersAreReadOrRefused() {
        OddOutput.of(Captured.output("apt-cache-policy-fewer"), Captured.output("dnf-upgrades"))
                .isReadOrRefused(Newer::parse);
    }

    @Test
    void holdsAreReadOrRefused() {
        OddOutput.of(
                        Captured.output("apt-mark-showhold"),
                        Captured.output("dnf-versionlock-list"),
                        Captured.error(1, "dnf-versionlock-missing.err"))
                .isReadOrRefused(Held::parse);
    }

    @Test
    void findingsAreReadOrRefused() {
        OddOutput.of(Captured.output("apt-cache-search"), Captured.output("dnf-search"))
                .isReadOrRefused(FoundPackage::parse);
    }

    @Test
    void locksAreReadOrPassedOver() {
        OddOutput.of(
                        new Output(100, Captured.text("apt-get-locked"), Captured.text("apt-get-locked.err"), false),
                        Captured.error(200, "dnf-locked.err"))
                .isReadOrRefused(Locks::explain);
    }
}
