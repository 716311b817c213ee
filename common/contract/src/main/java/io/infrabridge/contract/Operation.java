package io.infrabridge.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An operation as callers see it, at any time of its life; in a terminal state it is the result that its worker publishes.
 *
 * @param changed whether the target differs afterwards; absent before the end
 * @param output the typed output of the operation, as its output schema describes
 * @param steps what was run, or for a dry run and while it awaits approval what would be
 * @param worker the instance that ran it
 * @param approval what it waits or has waited for; absent where it needs nobody's approval
 * @param policy what the policy said of it last; absent where it was not asked
 */
public record Operation(
        String id,
        String issuer,
        String tool,
        String action,
        String target,
        State state,
        Optional<Boolean> changed,
        boolean dryRun,
        Optional<JsonNode> output,
        Optional<Failure> error,
        List<StepReport> steps,
        Optional<Execution> execution,
        String caller,
        Optional<String> reason,
        Optional<String> parentId,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<String> traceId,
        Optional<String> worker,
        Optional<Approval> approval,
        Optional<PolicyVerdict> policy) {
    public Operation {
        Require.id(id, "id");
        Require.name(issuer, "issuer");
        Require.id(tool, "tool");
        Require.present(action, "action");
        Require.present(target, "target");
        Require.present(state, "state");
        // a JSON null is read as the null node, which says no more than an absent property
        output = output.filter(node -> !node.isNull());
        steps = Require.list(steps);
        Require.text(caller, "caller", 256);
        Require.present(createdAt, "created_at");
        if (state.terminal() && finishedAt.isEmpty()) {
            throw new InvalidContract("finished_at", "is missing though the state is " + state);
        }
    }

    /** The operation right after its command was accepted. */
    public static Operation accepted(Command command, Optional<String> traceId) {
        return new Operation(
                command.id(),
                command.issuer(),
                command.tool(),
                command.action(),
                command.target(),
                State.ACCEPTED,
                Optional.empty(),
                command.dryRun(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                command.caller(),
                command.reason(),
                command.parentId(),
                command.createdAt(),
                Optional.empty(),
                Optional.empty(),
                traceId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same operation in another, not terminal, state. */
    public Operation in(State next) {
        Draft draft = new Draft(this);
        draft.state = next;
        return draft.of(this);
    }

    /** The same operation with what its plan waits or has waited for. */
    public Operation approved(List<StepReport> plan, Approval by) {
        Draft draft = new Draft(this);
        draft.steps = plan;
        draft.approval = Optional.of(by);
        return draft.of(this);
    }

    /** The same operation with what the policy said of it. */
    public Operation under(PolicyVerdict verdict) {
        Draft draft = new Draft(this);
        draft.policy = Optional.of(verdict);
        return draft.of(this);
    }

    /** The same operation with something its caller should know of, in the state that it is in. */
    public Operation with(Failure failure) {
        Draft draft = new Draft(this);
        draft.error = Optional.of(failure);
        return draft.of(this);
    }

    /** The same operation, ended without having run. */
    public Operation ended(State end, Failure failure, Instant at) {
        Draft draft = new Draft(this);
        draft.state = end;
        draft.changed = Optional.of(false);
        draft.error = Optional.of(failure);
        draft.finishedAt = Optional.of(at);
        return draft.of(this);
    }

    /** What of an operation changes in its life. */
    private static final class Draft {
        private State state;
        private Optional<Boolean> changed;
        private Optional<Failure> error;
        private List<StepReport> steps;
        private Optional<Instant> finishedAt;
        private Optional<Approval> approval;
        private Optional<PolicyVerdict> policy;

        Draft(Operation before) {
            state = before.state;
            changed = before.changed;
            error = before.error;
            steps = before.steps;
            finishedAt = before.finishedAt;
            approval = before.approval;
            policy = before.policy;
        }

        Operation of(Operation same) {
            return new Operation(
                    same.id,
                    same.issuer,
                    same.tool,
                    same.action,
                    same.target,
                    state,
                    changed,
                    same.dryRun,
                    same.output,
                    error,
                    steps,
                    same.execution,
                    same.caller,
                    same.reason,
                    same.parentId,
                    same.createdAt,
                    same.startedAt,
                    finishedAt,
                    same.traceId,
                    same.worker,
                    approval,
                    policy);
        }
    }
}
