package io.infrabridge.server.nixos;

import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AttributePath;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is declared on a NixOS host by us; what its administrator declares elsewhere is not in it.
 *
 * @param services options {@code services.NAME.enable}, which NixOS makes units of
 * @param units units that exist anyway, and whether they are started at boot
 * @param masked units that nothing may start
 * @param sysctl parameters of the kernel
 * @param files by their paths below {@code /etc}
 */
public record Declared(
        List<AttributePath> packages,
        Map<String, Boolean> services,
        Map<String, Boolean> units,
        List<String> masked,
        List<DeclaredRule> firewall,
        Optional<String> hostName,
        Optional<String> timeZone,
        Map<String, String> sysctl,
        Map<String, DeclaredFile> files) {
    /** Of a file that does not hold them, each is absent. */
    public Declared(
            @Nullable List<AttributePath> packages,
            @Nullable Map<String, Boolean> services,
            @Nullable Map<String, Boolean> units,
            @Nullable List<String> masked,
            @Nullable List<DeclaredRule> firewall,
            @Nullable Optional<String> hostName,
            @Nullable Optional<String> timeZone,
            @Nullable Map<String, String> sysctl,
            @Nullable Map<String, DeclaredFile> files) {
        this.packages = packages == null
                ? List.of()
                : List.copyOf(packages).stream()
                        .distinct()
                        .sorted(Comparator.comparing(AttributePath::value))
                        .toList();
        this.services = copied(services);
        this.units = copied(units);
        this.masked = masked == null
                ? List.of()
                : List.copyOf(masked).stream().distinct().sorted().toList();
        this.firewall = firewall == null ? List.of() : List.copyOf(firewall);
        this.hostName = hostName == null ? Optional.empty() : hostName;
        this.timeZone = timeZone == null ? Optional.empty() : timeZone;
        this.sysctl = copied(sysctl);
        this.files = copied(files);
    }

    public static Declared nothing() {
        return new Declared(
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }

    static Declared parse(String text) {
        try {
            return Json.convert(Json.parse(text), Declared.class);
        } catch (InvalidContract e) {
            throw new UnexpectedOutput(NixosFiles.DATA + ": " + e.getMessage(), e);
        }
    }

    /** As it stands in the file: the same declarations are always the same text. */
    public String text() {
        return Json.tree(this).toPrettyString() + "\n";
    }

    public Declared withPackages(Collection<AttributePath> more) {
        return packages(Stream.concat(packages.stream(), more.stream()).toList());
    }

    public Declared withoutPackages(Collection<AttributePath> less) {
        return packages(packages.stream().filter(name -> !less.contains(name)).toList());
    }

    public Declared withService(String name, boolean enabled) {
        return new Declared(
                packages, with(services, name, enabled), units, masked, firewall, hostName, timeZone, sysctl, files);
    }

    public Declared withUnit(String name, boolean enabled) {
        return new Declared(
                packages, services, with(units, name, enabled), masked, firewall, hostName, timeZone, sysctl, files);
    }

    public Declared withMask(String name) {
        return masked(Stream.concat(masked.stream(), Stream.of(name)).toList());
    }

    public Declared withoutMask(String name) {
        return masked(masked.stream().filter(each -> !each.equals(name)).toList());
    }

    public Declared withFirewall(UnaryOperator<List<DeclaredRule>> change) {
        return new Declared(
                packages, services, units, masked, change.apply(firewall), hostName, timeZone, sysctl, files);
    }

    public Declared withHostName(String name) {
        return new Declared(packages, services, units, masked, firewall, Optional.of(name), timeZone, sysctl, files);
    }

    public Declared withTimeZone(String zone) {
        return new Declared(packages, services, units, masked, firewall, hostName, Optional.of(zone), sysctl, files);
    }

    public Declared withSysctl(String key, String value) {
        return new Declared(
                packages, services, units, masked, firewall, hostName, timeZone, with(sysctl, key, value), files);
    }

    public Declared withFile(String name, DeclaredFile file) {
        return new Declared(
                packages, services, units, masked, firewall, hostName, timeZone, sysctl, with(files, name, file));
    }

    private Declared packages(List<AttributePath> all) {
        return new Declared(all, services, units, masked, firewall, hostName, timeZone, sysctl, files);
    }

    private Declared masked(List<String> all) {
        return new Declared(packages, services, units, all, firewall, hostName, timeZone, sysctl, files);
    }

    private static <T> Map<String, T> with(Map<String, T> all, String name, T one) {
        Map<String, T> changed = new TreeMap<>(all);
        changed.put(name, one);
        return changed;
    }

    private static <T> Map<String, T> copied(@Nullable Map<String, T> all) {
        return all == null ? Map.of() : Map.copyOf(all);
    }
}
