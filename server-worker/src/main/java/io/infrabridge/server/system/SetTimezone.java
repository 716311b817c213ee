package io.infrabridge.server.system;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.TimeZoneName;
import io.infrabridge.server.ServerManage;
import io.infrabridge.server.nixos.Rebuild;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Sets the time zone of a host, in which its logs and timers are read; its clock stays as it is. See timedatectl(1). */
@Singleton
final class SetTimezone implements HostOperation<SetTimezone.Input, SetTimezone.Located> {
    @Override
    public OperationSpec<Input, Located> spec() {
        return Rebuild.allowed(OperationSpec.read(
                                ServerManage.TOOL,
                                "Set the time zone of a server",
                                Input.class,
                                Located.class,
                                Selector.of("operation", "system"),
                                Selector.of("action", "set_timezone"))
                        .risking(Risk.CHANGE)
                        .running(SystemdSettings.FOR_ZONES)
                        .runningAsRoot(SystemdSettings.ZONES_AS_ROOT))
                .within(Duration.ofMinutes(30));
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return HostSettings.of(host).lookAtZone();
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        return HostSettings.of(host).relocate(in.timezone(), before);
    }

    @Override
    public Located parse(Input in, Outputs out) {
        HostSettings settings = new SystemdSettings();
        return new Located(settings.zone(out.after()), settings.zone(out.before()));
    }

    record Input(TimeZoneName timezone) {}

    /** Which time zone the host has, and which it had before. */
    record Located(String timezone, String before) {}
}
