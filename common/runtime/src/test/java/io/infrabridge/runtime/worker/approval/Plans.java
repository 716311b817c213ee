package io.infrabridge.runtime.worker.approval;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.ApprovalDecision.Kind;
import io.infrabridge.contract.ApprovalDecision.Verdict;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.StepReport;
import io.infrabridge.trust.policy.ApprovalRequirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Commands, plans and decisions for tests. */
final class Plans {
    static final Instant SINCE = Instant.parse("2026-03-02T08:00:00Z");

    private Plans() {}

    static Command command(String caller, String arguments) {
        return new Command(
                "op-1",
                "gateway",
                "fake_names",
                "add",
                Json.parse(arguments),
                "app1",
                caller,
                Set.of("operator"),
                Optional.empty(),
                Optional.empty(),
                false,
                SINCE,
                SINCE.plusSeconds(30),
                Optional.empty());
    }

    static Command of(Command command, String tool, String action, String target) {
        return new Command(
                command.id(),
                command.issuer(),
                tool,
                action,
                command.arguments(),
                target,
                command.caller(),
                command.roles(),
                command.reason(),
                command.idempotencyKey(),
                command.dryRun(),
                command.createdAt(),
                command.deadline(),
                command.parentId());
    }

    static StepReport adding(String name) {
        return step(
                "Add " + name,
                List.of("add", name),
                Optional.of("names belong to root"),
                List.of(List.of("drop", name)));
    }

    static StepReport step(String description, List<String> command, Optional<String> sudo, List<List<String>> undo) {
        return new StepReport(
                StepReport.Phase.CHANGE, description, command, Optional.empty(), Optional.empty(), false, undo, sudo);
    }

    static ApprovalRequirement requiring(int approvals, boolean otherPerson, String... roles) {
        return new ApprovalRequirement("approval:test", approvals, Set.of(roles), otherPerson, Duration.ofHours(1));
    }

    static Parked parked(ApprovalRequirement requirement, String... names) {
        List<StepReport> plan = List.of(names).stream().map(Plans::adding).toList();
        return Parked.now(PlanHash.of(command("alice", "{}"), plan), plan, requirement, SINCE);
    }

    static ApprovalDecision decision(Parked about, Verdict verdict, Kind kind, String caller, String... roles) {
        return decision(about.planHash(), verdict, kind, caller, roles);
    }

    static ApprovalDecision decision(String hash, Verdict verdict, Kind kind, String caller, String... roles) {
        return new ApprovalDecision(
                UUID.randomUUID().toString(),
                "gateway",
                "op-1",
                "gateway",
                "app1",
                hash,
                verdict,
                kind,
                caller,
                Set.of(roles),
                Optional.empty(),
                SINCE.plusSeconds(5));
    }
}
