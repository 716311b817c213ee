package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.runtime.value.PackageVersion;
import io.infrabridge.server.packages.Foreseen.Named;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.List;

/**
 * Updates by apt-get(8). All of them is {@code upgrade}, with what they newly need, which a new kernel is too; nothing is ever
 * removed. Security updates are those that come from a source with that word in its name, such as Debian-Security:stable-security;
 * they are named with their versions, because apt-get itself does not tell them apart.
 */
record AptUpdates(Apt apt) implements Updates {
    private static final List<String> ALL = AptGet.keepingConfiguration("--with-new-pkgs");
    private static final List<String> NAMED = AptGet.keepingConfiguration("--no-remove", "--only-upgrade");

    static final String[] AS_ROOT = {AptGet.shapeOfAll("upgrade", ALL), AptGet.shape("install", NAMED)};

    @Override
    public List<Step> looks(UpdatePackages.Input in) {
        String what = "Foresee the update";
        return List.of(
                in.packages().isEmpty()
                        ? AptGet.simulate(what, "upgrade", ALL, List.of())
                        : AptGet.simulate(what, "install", NAMED, Apt.texts(in.named())));
    }

    @Override
    public Foreseen foreseen(UpdatePackages.Input in, List<Output> looks) {
        Foreseen all = apt.foreseen(looks.get(0));
        return in.onlySecurity() ? all.only(Named::security) : all;
    }

    @Override
    public boolean choosesFromLists(UpdatePackages.Input in) {
        return in.onlySecurity();
    }

    @Override
    public Run update(String description, UpdatePackages.Input in, Foreseen foreseen) {
        if (in.onlySecurity()) {
            List<String> exact =
                    foreseen.coming().stream().map(AptUpdates::exactly).toList();
            return AptGet.change(description, "install", NAMED, exact);
        }
        return in.packages().isEmpty()
                ? AptGet.change(description, "upgrade", ALL, List.of())
                : AptGet.change(description, "install", NAMED, Apt.texts(in.named()));
    }

    @Override
    public boolean offered(Entry entry, Newer newer, List<Output> looks) {
        return newer.of(entry).filter(Newer.Offer::presentToo).isPresent();
    }

    private static String exactly(Named named) {
        String qualified =
                named.architecture().equals("all") ? named.name() : named.name() + ":" + named.architecture();
        return new PackageName(qualified) + "=" + new PackageVersion(named.version());
    }
}
