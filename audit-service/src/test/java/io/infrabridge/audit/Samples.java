package io.infrabridge.audit;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Execution;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Messages as the gateway and a worker send them. */
final class Samples {
    static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

    private Samples() {}

    static String id() {
        return "op-" + UUID.randomUUID();
    }

    static Command mount(String id, String target) {
        return mount(id, target, "alice@example.org");
    }

    static Command mount(String id, String target, String caller) {
        return new Command(
                id,
                "gateway",
                "nfs_mount",
                "mount",
                Json.object().put("source", "nas1:/export/home").put("target", "/mnt/home"),
                target,
                caller,
                Set.of("admin"),
                Optional.of("the home folders moved"),
                Optional.empty(),
                false,
                CREATED,
                CREATED.plusSeconds(300),
                Optional.empty());
    }

    static Operation mounted(Command command, State state) {
        return new Operation(
                command.id(),
                command.issuer(),
                command.tool(),
                command.action(),
                command.target(),
                state,
                Optional.of(true),
                false,
                Optional.of(Json.object().put("mounted", true)),
                Optional.empty(),
                List.of(new StepReport(
                        StepReport.Phase.CHANGE,
                        "mount it",
                        List.of("mount", "-t", "nfs", "nas1:/export/home", "/mnt/home"),
                        Optional.of(0),
                        Optional.of(142L),
                        false,
                        List.of(List.of("umount", "/mnt/home")),
                        Optional.of("mounting needs root"))),
                Optional.of(new Execution(
                        Execution.Mode.REMOTE,
                        command.target(),
                        Optional.of("ops"),
                        Optional.of("ubuntu"),
                        true,
                        Optional.of("ops@host"))),
                command.caller(),
                command.reason(),
                Optional.empty(),
                command.createdAt(),
                Optional.of(CREATED.plusMillis(20)),
                Optional.of(CREATED.plusMillis(180)),
                Optional.of(TRACE_ID),
                Optional.of("nfs-worker-0"),
                Optional.empty(),
                Optional.empty());
    }

    static HealthEvent degraded(String id, String target) {
        return new HealthEvent(
                id,
                "nfs_mount",
                "/mnt/home",
                target,
                HealthEvent.Status.DEGRADED,
                List.of("the server answers slowly"),
                "nfs-worker-0",
                CREATED);
    }
}
