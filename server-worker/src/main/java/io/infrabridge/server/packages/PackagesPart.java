package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.server.OperationPart;
import io.infrabridge.server.Part;
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

    public static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return OperationPart.allowing(spec, new InstallPackages());
    }
}
