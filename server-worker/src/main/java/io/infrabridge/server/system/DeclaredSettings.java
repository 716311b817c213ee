package io.infrabridge.server.system;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.MachineName;
import io.infrabridge.runtime.value.TimeZoneName;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosHost;
import io.infrabridge.server.nixos.Rebuild;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** NixOS, where name and time zone are declared and the system is built of them; what they are now, systemd tells as elsewhere. */
record DeclaredSettings(SystemdSettings now) implements HostSettings {
    /** The looks of systemd come first. */
    private static final int HOST = 2;

    @Override
    public Plan lookAtName() {
        return with(now.lookAtName());
    }

    @Override
    public Plan rename(MachineName name, Probed before) {
        NixosHost host = NixosHost.seen(before, HOST);
        Declared wanted = host.declared().withHostName(name.value());
        return to(wanted, host, host.declared().hostName(), name.value(), now.rename(name, before));
    }

    @Override
    public String name(Probed seen) {
        return now.name(seen);
    }

    @Override
    public Plan lookAtZone() {
        return with(now.lookAtZone());
    }

    @Override
    public Plan relocate(TimeZoneName zone, Probed before) {
        NixosHost host = NixosHost.seen(before, HOST);
        Declared wanted = host.declared().withTimeZone(zone.value());
        return to(wanted, host, host.declared().timeZone(), zone.value(), now.relocate(zone, before));
    }

    @Override
    public String zone(Probed seen) {
        return now.zone(seen);
    }

    /**
     * The plan for what is declared, seen beside what would be done elsewhere.
     *
     * @param declared what is declared of it now
     */
    private static Plan to(Declared wanted, NixosHost host, Optional<String> declared, String value, Plan elsewhere) {
        boolean so = elsewhere.steps().isEmpty();
        if (elsewhere.refusal().isPresent() || so && declared.isEmpty()) {
            return elsewhere;
        }
        if (!so && host.runs(wanted)) {
            return Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    "The host does not take " + value + " although it is declared.",
                    "Its administrator's configuration may say otherwise, by mkForce.");
        }
        return Rebuild.to(wanted, host, HOST, (before, after) -> List.of());
    }

    private static Plan with(Plan looks) {
        List<Step> steps = new ArrayList<>(looks.steps());
        steps.addAll(NixosHost.looks());
        return Plan.of(steps);
    }
}
