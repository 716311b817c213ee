package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.server.nixos.Declaration;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosHost;
import io.infrabridge.server.nixos.Rebuild;
import io.infrabridge.server.packages.PackageChanges.PackageChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Packages of NixOS: what is declared by us is installed; what the administrator's own configuration has stays his. */
final class NixPackages {
    private NixPackages() {}

    static <O extends Record> OperationSpec<PackageList, O> allowed(OperationSpec<PackageList, O> spec) {
        return Rebuild.allowed(spec.runningOn(Distro.NIXOS, "nix-instantiate"));
    }

    /** What is declared, and whether nix knows the names. */
    static Plan probe(PackageList in) {
        try {
            List<Step> looks = new ArrayList<>(NixosHost.looks());
            looks.add(NixAttributes.ask(paths(in)));
            return Plan.of(looks);
        } catch (InvalidValue e) {
            return Plan.refuse(
                    Category.INVALID_ARGUMENT,
                    "packages: " + e.getMessage() + ", because the host runs NixOS",
                    "Search for the package on the host (operation=package, action=search).");
        }
    }

    static Plan install(PackageList in, Probed before) {
        return installing(in, before).plan(NixosHost.seen(before), 0);
    }

    static Declaration installing(PackageList in, Probed before) {
        NixosHost host = NixosHost.seen(before);
        Declaration declaration = Declaration.of(declared -> declared.withPackages(paths(in)));
        return declaration.builds(host) && host.refusal().isEmpty()
                ? NixAttributes.failure(asked(before)).map(Declaration::refused).orElse(declaration)
                : declaration;
    }

    /** Those of them that are not declared. */
    static List<PackageName> missing(PackageList in, Probed before) {
        Declared declared = NixosHost.seen(before).declared();
        return in.packages().stream()
                .filter(name -> !declared.packages().contains(new AttributePath(name.value())))
                .toList();
    }

    static Plan remove(PackageList in, Probed before) {
        NixosHost host = NixosHost.seen(before);
        return Rebuild.to(host.declared().withoutPackages(paths(in)), host);
    }

    static PackageChanges changes(PackageList in, Outputs out) {
        Declared before = NixosHost.seen(out.before()).declared();
        Declared after = NixosHost.seen(out.after()).declared();
        Map<AttributePath, String> versions = NixAttributes.versions(paths(in), asked(out.after()));
        return new PackageChanges(
                paths(in).stream()
                        .map(name -> new PackageChange(
                                name.value(),
                                Optional.ofNullable(versions.get(name)),
                                after.packages().contains(name) ? PackageState.INSTALLED : PackageState.ABSENT,
                                before.packages().contains(name)
                                        != after.packages().contains(name)))
                        .toList(),
                List.of());
    }

    private static Output asked(Probed probed) {
        return probed.get(NixosHost.LOOKS);
    }

    private static List<AttributePath> paths(PackageList in) {
        return in.packages().stream()
                .map(PackageName::value)
                .map(AttributePath::new)
                .toList();
    }
}
