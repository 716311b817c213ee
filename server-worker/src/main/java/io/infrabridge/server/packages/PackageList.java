package io.infrabridge.server.packages;

import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.PackageName;
import java.util.List;

/** The arguments of the operations that take packages by name: 1 to 50, each once. */
record PackageList(List<PackageName> packages) {
    private static final int MOST = 50;

    PackageList {
        packages = packages.stream().distinct().toList();
        if (packages.isEmpty() || packages.size() > MOST) {
            throw new InvalidValue("packages: expected 1 to " + MOST + " names");
        }
    }
}
