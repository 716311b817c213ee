package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.server.OperationPart;
import io.infrabridge.server.Part;
import io.infrabridge.server.nixos.DeclaredPart;
import java.util.List;

/** Packages as a part of a server: they are there, at whatever version. */
public final class PackagesPart {
    private PackagesPart() {}

    public static Part of(List<PackageName> names) {
        InstallPackages install = new InstallPackages();
        PackageList in = new PackageList(names);
        return new OperationPart<>(
                install,
                in,
                (host, out) -> install.parse(in, host, out).packages().stream()
                        .filter(each -> each.state() == PackageState.ABSENT)
                        .map(each -> new Part.Deviation(each.name(), "absent", "installed"))
                        .toList());
    }

    /** The same on NixOS. */
    public static DeclaredPart declared(List<PackageName> names) {
        PackageList in = new PackageList(names);
        return new DeclaredPart(
                NixPackages.probe(in),
                seen -> Plan.nothing(),
                seen -> NixPackages.installing(in, seen),
                seen -> NixPackages.missing(in, seen).stream()
                        .map(name -> new Part.Deviation(name.value(), "absent", "installed"))
                        .toList());
    }

    public static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return OperationPart.allowing(spec, new InstallPackages());
    }
}
