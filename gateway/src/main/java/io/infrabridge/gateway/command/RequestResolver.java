package io.infrabridge.gateway.command;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Risk;
import io.infrabridge.gateway.catalogue.Catalogue;
import io.infrabridge.gateway.catalogue.Tool;
import io.infrabridge.gateway.policy.CallerPolicy;
import io.infrabridge.gateway.problem.Nearest;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.trust.inventory.Inventory;
import io.infrabridge.trust.policy.Decision;
import io.infrabridge.trust.policy.Evaluation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds out what a request means, or what is wrong with it. Pure: it decides by what the gateway knows now and does
 * nothing. That it lets a request pass permits nothing, the worker decides again.
 */
@Singleton
final class RequestResolver {
    private final Function<String, Optional<Tool>> tool;
    private final Supplier<List<String>> names;
    private final TargetChoice targets;
    private final CallerPolicy policy;
    private final ArgumentCheck arguments = new ArgumentCheck();

    @Inject
    RequestResolver(Catalogue catalogue, Inventory inventory, CallerPolicy policy) {
        this(catalogue::tool, () -> catalogue.tools().stream().map(Tool::name).toList(), inventory, policy);
    }

    RequestResolver(
            Function<String, Optional<Tool>> tool,
            Supplier<List<String>> names,
            Inventory inventory,
            CallerPolicy policy) {
        this.tool = tool;
        this.names = names;
        this.targets = new TargetChoice(inventory);
        this.policy = policy;
    }

    Outcome<Resolved> resolve(OperationRequest request, Caller caller) {
        return tool(request.tool())
                .then(found -> ActionChoice.choose(found, request.arguments())
                        .then(action -> readable(found, action, request))
                        .then(action -> valid(found, action, request))
                        .then(action -> target(action, request.remoteTarget())
                                .then(target -> allowed(action, target, caller, request.dryRun()))
                                .then(target -> Outcome.passed(new Resolved(found.domain(), action, target)))));
    }

    /** The action that a refused request would have been, as far as it can be told. */
    Optional<OperationDescriptor> actionOf(OperationRequest request) {
        Outcome<OperationDescriptor> action =
                tool(request.tool()).then(found -> ActionChoice.choose(found, request.arguments()));
        return action instanceof Outcome.Passed<OperationDescriptor> passed
                ? Optional.of(passed.value())
                : Optional.empty();
    }

    /** Whoever may do something may stop it, in a freeze too: it needs no more than the permission. */
    Outcome<String> mayStop(OperationDescriptor action, String target, Caller caller) {
        return allowed(action, target, caller, true);
    }

    Outcome<String> target(OperationDescriptor action, Optional<String> asked) {
        return targets.choose(action.targetKind(), asked);
    }

    private Outcome<String> allowed(OperationDescriptor action, String target, Caller caller, boolean dryRun) {
        Evaluation evaluation = policy.evaluate(caller, action, target, dryRun);
        return evaluation.decision() instanceof Decision.Refused refused
                ? Outcome.refused(
                        Refusal.of(refused.category(), refused.message(), refused.hint(), evaluation.verdict()))
                : Outcome.passed(target);
    }

    Outcome<Tool> tool(String name) {
        return tool.apply(name).<Outcome<Tool>>map(Outcome::passed).orElseGet(() -> Outcome.refused(unknown(name)));
    }

    private Refusal unknown(String name) {
        List<String> known = names.get();
        if (known.isEmpty()) {
            // a gateway that has just been started must not say of any tool that there is none
            return Refusal.of(
                    Category.WORKER_UNAVAILABLE,
                    "This gateway has not heard of any tool yet.",
                    "Nothing was published. Ask again in a moment, or when a worker has started.");
        }
        String word = name.length() <= 100 ? name : name.substring(0, 100) + "…";
        return Refusal.of(
                Category.UNKNOWN_TOOL,
                "There is no tool " + word + ".",
                "Use one of: " + Nearest.listed(name, known) + ".");
    }

    private static Outcome<OperationDescriptor> readable(
            Tool tool, OperationDescriptor action, OperationRequest request) {
        if (!request.readOnly() || action.risk() == Risk.READ) {
            return Outcome.passed(action);
        }
        return Outcome.refused(Refusal.of(
                Category.FORBIDDEN,
                tool.name() + " " + action.action() + " changes its target, and this endpoint only reads.",
                "Call it at /mcp."));
    }

    private Outcome<OperationDescriptor> valid(Tool tool, OperationDescriptor action, OperationRequest request) {
        return arguments
                .check(tool, action, request.arguments())
                .<Outcome<OperationDescriptor>>map(Outcome::refused)
                .orElseGet(() -> Outcome.passed(action));
    }
}
