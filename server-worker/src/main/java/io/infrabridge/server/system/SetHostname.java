package io.infrabridge.server.system;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.MachineName;
import io.infrabridge.server.ServerManage;
import io.infrabridge.server.nixos.Rebuild;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Gives a host its own name; what other machines call it is decided elsewhere. See hostnamectl(1), hostname(7). */
@Singleton
final class SetHostname implements HostOperation<SetHostname.Input, SetHostname.Named> {
    @Override
    public OperationSpec<Input, Named> spec() {
        return Rebuild.allowed(OperationSpec.read(
                                ServerManage.TOOL,
                                "Give a server its name",
                                Input.class,
                                Named.class,
                                Selector.of("operation", "system"),
                                Selector.of("action", "set_hostname"))
                        .risking(Risk.CHANGE)
                        .running(SystemdSettings.FOR_NAMES)
                        .runningAsRoot(SystemdSettings.NAMES_AS_ROOT))
                .within(Duration.ofMinutes(30));
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return HostSettings.of(host).lookAtName();
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        return HostSettings.of(host).rename(in.hostname(), before);
    }

    @Override
    public Named parse(Input in, Outputs out) {
        HostSettings settings = new SystemdSettings();
        return new Named(settings.name(out.after()), settings.name(out.before()));
    }

    record Input(MachineName hostname) {}

    /** What the host is called, and what it was called before. */
    record Named(String hostname, String before) {}
}
