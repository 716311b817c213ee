package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.Shortened;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.JournalCursor;
import io.infrabridge.runtime.value.JournalTime;
import io.infrabridge.runtime.value.ServiceName;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The last lines that a service has logged; as root only where the account itself may not read the journal. */
@Singleton
final class ShowLogs implements HostOperation<ShowLogs.Input, ServiceLogs> {
    private static final int LOOKS = 2;

    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<Input, ServiceLogs> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "The last lines that a service has logged, 100 where lines does not say otherwise",
                        Input.class,
                        ServiceLogs.class,
                        Selector.of("operation", "service"),
                        Selector.of("action", "logs"))
                .running("systemctl", "journalctl")
                .runningAsRoot(Journal.AS_ROOT);
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Plan.of(manager.show(in.serviceName()), Journal.access());
    }

    /** The journal knows no aliases, so the service is asked for its name first. */
    @Override
    public Plan further(Input in, HostFacts host, Probed seen) {
        if (seen.size() > LOOKS || refusal(host, seen).isPresent()) {
            return Plan.nothing();
        }
        Run page = Journal.page(manager.unit(seen.get(0)).name(), in.since(), in.cursor(), in.most(), in.priority());
        return Plan.of(Journal.readable(seen.get(1)) ? page : page.asRoot("the account may not read the journal"));
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        return refusal(host, before).orElse(Plan.nothing());
    }

    @Override
    public ServiceLogs parse(Input in, Outputs out) {
        JournalPage page = JournalPage.parse(out.before().get(LOOKS), in.most(), in.cursor());
        return new ServiceLogs(manager.unit(out.before().get(0)).id(), page.entries(), page.next());
    }

    private Optional<Plan> refusal(HostFacts host, Probed seen) {
        return Refusals.unknown(manager, seen.get(0)).or(() -> {
            Output access = seen.get(1);
            return access.missing() || host.root() && !Journal.readable(access)
                    ? Optional.of(unreadable(access))
                    : Optional.empty();
        });
    }

    private static Plan unreadable(Output access) {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                "The journal cannot be read: "
                        + Shortened.to(300, access.error().strip()),
                "Look whether the host keeps a journal.");
    }

    /**
     * What to show.
     *
     * @param lines how many entries at most; 1 to 1000
     * @param since none before this
     * @param priority this level and more important ones
     * @param cursor the next_cursor of the page before, for what is older
     */
    record Input(
            ServiceName serviceName,
            Optional<Integer> lines,
            Optional<JournalTime> since,
            Optional<LogLevel> priority,
            Optional<JournalCursor> cursor) {
        private static final int USUAL = 100;
        private static final int MOST = 1000;

        Input {
            if (lines.isPresent() && (lines.get() < 1 || lines.get() > MOST)) {
                throw new InvalidValue("expected 1 to " + MOST + " lines");
            }
        }

        int most() {
            return lines.orElse(USUAL);
        }
    }
}
