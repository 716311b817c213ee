package io.infrabridge.server.packages;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches the package lists unless they are younger than asked for, so that what is planned next is planned from what there is
 * now. It changes no package and cannot be taken back.
 */
@Singleton
final class RefreshPackages implements HostOperation<RefreshPackages.Input, RefreshPackages.Lists> {
    private static final int DAY = 24 * 60;

    @Override
    public OperationSpec<Input, Lists> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Fetch the package lists unless they are fresh",
                        Input.class,
                        Lists.class,
                        Selector.of("operation", "package"),
                        Selector.of("action", "refresh"))
                .risking(Risk.CHANGE)
                .runningOn(Distro.UBUNTU, "apt-get", "find")
                .runningOn(Distro.RHEL, "dnf", "find")
                .runningAsRoot(Apt.REFRESHING_AS_ROOT, Dnf.REFRESHING_AS_ROOT)
                .within(Duration.ofMinutes(10));
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        if (host.distro() == Distro.NIXOS) {
            return Plan.refuse(
                    Category.UNSUPPORTED_TARGET,
                    "NixOS has no package lists, only channels, and what is fetched of them comes along with whatever is"
                            + " changed next on the host.",
                    "Fetch the channels and build the system from them in one change, which has a way back"
                            + " (operation=package, action=update).");
        }
        return PackageManager.of(host)
                .map(manager -> Plan.of(manager.lists(in.minutes())))
                .orElseGet(() -> PackageManager.unsupported(host));
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        return before.get(0).text().isBlank()
                ? Plan.of(PackageManager.of(host).orElseThrow().refresh())
                : Plan.nothing();
    }

    @Override
    public Lists parse(Input in, Outputs out) {
        return new Lists(!out.steps().isEmpty());
    }

    record Input(
            @JsonPropertyDescription("How old the lists may be, 1 to 1440 minutes; 60 where absent")
            Optional<Integer> maxAgeMinutes) {
        static final int USUAL = 60;

        Input {
            if (maxAgeMinutes.filter(age -> age < 1 || age > DAY).isPresent()) {
                throw new InvalidValue("max_age_minutes: expected 1 to " + DAY);
            }
        }

        int minutes() {
            return maxAgeMinutes.orElse(USUAL);
        }
    }

    /** Whether the lists were fetched now, rather than a short while ago. */
    record Lists(boolean refreshed) {}
}
