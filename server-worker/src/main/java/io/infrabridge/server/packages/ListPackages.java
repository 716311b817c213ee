package io.infrabridge.server.packages;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.PackageQuery;
import io.infrabridge.runtime.value.PageCursor;
import io.infrabridge.server.ServerManage;
import io.infrabridge.server.packages.Inventory.Entry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists what is installed, by name, a page at a time; of a query all words must be in the name. */
@Singleton
final class ListPackages implements HostOperation<ListPackages.Input, ListPackages.Page> {
    private static final int USUAL = 100;
    private static final int MOST = 500;

    @Override
    public OperationSpec<Input, Page> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "List the installed packages with their versions, and what is held or could be updated",
                        Input.class,
                        Page.class,
                        Selector.of("operation", "package"),
                        Selector.of("action", "list"))
                .runningOn(Distro.UBUNTU, "apt-cache", "apt-mark", "dpkg-query")
                .runningOn(Distro.RHEL, "dnf", "rpm")
                .runningOn(Distro.NIXOS, NixInventory.PROGRAM)
                .within(Duration.ofMinutes(2));
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        if (host.distro() == Distro.NIXOS) {
            return Plan.of(NixInventory.look());
        }
        return PackageManager.of(host)
                .map(manager -> Plan.of(manager.inventory(), manager.held(), manager.newer()))
                .orElseGet(() -> PackageManager.unsupported(host));
    }

    @Override
    public Page parse(Input in, Outputs out) {
        return page(
                in,
                Inventory.parse(out.before().get(0)),
                Held.parse(out.before().get(1)),
                Newer.parse(out.before().get(2)));
    }

    /** NixOS holds nothing, and what a newer revision of its channels would bring is not known before it is fetched. */
    @Override
    public Page parse(Input in, HostFacts host, Outputs out) {
        return host.distro() == Distro.NIXOS
                ? page(
                        in,
                        NixInventory.of(out.before().get(0), host.machine()),
                        new Held(Set.of(), false),
                        new Newer(List.of()))
                : parse(in, out);
    }

    private static Page page(Input in, Inventory inventory, Held held, Newer newer) {
        List<Entry> all = inventory.installed().stream()
                .filter(entry -> in.words().stream().allMatch(entry.name()::contains))
                .sorted(Comparator.comparing(ListPackages::key))
                .toList();
        List<Entry> rest = all.stream()
                .filter(entry -> in.cursor()
                        .map(NamePlace::of)
                        .filter(place -> key(entry).compareTo(place) <= 0)
                        .isEmpty())
                .toList();
        int limit = in.limit().orElse(USUAL);
        List<Entry> page = rest.subList(0, Math.min(limit, rest.size()));
        return new Page(
                page.stream()
                        .map(entry -> new Installed(
                                entry.name(),
                                entry.version(),
                                entry.architecture(),
                                held.contain(entry),
                                newer.of(entry).map(Newer.Offer::version)))
                        .toList(),
                all.size(),
                rest.size() > page.size()
                        ? Optional.of(NamePlace.after(key(page.get(page.size() - 1))))
                        : Optional.empty());
    }

    /** The order of the list, in which no two are alike. */
    private static String key(Entry entry) {
        return entry.name() + " " + entry.architecture() + " " + entry.version();
    }

    record Input(
            Optional<PackageQuery> query,

            @JsonPropertyDescription("How many at most, 1 to 500; 100 where absent")
            Optional<Integer> limit,

            Optional<PageCursor> cursor) {
        Input {
            if (limit.filter(number -> number < 1 || number > MOST).isPresent()) {
                throw new InvalidValue("limit: expected 1 to " + MOST);
            }
        }

        List<String> words() {
            return query.map(words -> Arrays.asList(words.value().strip().split(" +")))
                    .orElse(List.of());
        }
    }

    /**
     * Some packages, and where the next ones begin.
     *
     * @param total how many there are on all pages
     */
    record Page(List<Installed> packages, int total, Optional<String> nextCursor) {
        Page {
            packages = List.copyOf(packages);
        }
    }

    /**
     * A package that is installed.
     *
     * @param held whether it shall stay at its version
     * @param availableVersion a newer one that the package lists offer
     */
    record Installed(
            String name, String version, String architecture, boolean held, Optional<String> availableVersion) {}
}
