package io.infrabridge.server.system;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.MachineName;
import io.infrabridge.runtime.value.TimeZoneName;
import io.infrabridge.server.nixos.Declaration;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
        return naming(name, before).plan(NixosHost.seen(before, HOST), HOST);
    }

    Declaration naming(MachineName name, Probed before) {
        return declaration(
                Declaration.of(declared -> declared.withHostName(name.value())),
                Declared::hostName,
                NixosHost.seen(before, HOST),
                name.value(),
                now.rename(name, before));
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
        return locating(zone, before).plan(NixosHost.seen(before, HOST), HOST);
    }

    Declaration locating(TimeZoneName zone, Probed before) {
        return declaration(
                Declaration.of(declared -> declared.withTimeZone(zone.value())),
                Declared::timeZone,
                NixosHost.seen(before, HOST),
                zone.value(),
                now.relocate(zone, before));
    }

    @Override
    public String zone(Probed seen) {
        return now.zone(seen);
    }

    /**
     * What is declared, seen beside what would be done elsewhere.
     *
     * @param declared what is declared of it
     */
    private static Declaration declaration(
            Declaration wanted,
            Function<Declared, Optional<String>> declared,
            NixosHost host,
            String value,
            Plan elsewhere) {
        boolean so = elsewhere.steps().isEmpty();
        if (elsewhere.refusal().isPresent()) {
            return Declaration.refused(elsewhere);
        }
        if (so && declared.apply(host.declared()).isEmpty()) {
            return Declaration.nothing();
        }
        return so || wanted.builds(host)
                ? wanted
                : Declaration.refused(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "The host does not take " + value + " although it is declared.",
                        "Its administrator's configuration may say otherwise, by mkForce."));
    }

    private static Plan with(Plan looks) {
        List<Step> steps = new ArrayList<>(looks.steps());
        steps.addAll(NixosHost.looks());
        return Plan.of(steps);
    }
}
