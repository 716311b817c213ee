package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.trust.inventory.Inventory;
import io.infrabridge.trust.policy.Access;
import io.infrabridge.trust.policy.Decision;
import io.infrabridge.trust.policy.Evaluation;
import io.infrabridge.trust.policy.Policy;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the policy says of a command that was believed, as things are when it is asked. */
final class Permissions {
    private final Supplier<Policy> policy;
    private final OperationCatalogue catalogue;
    private final Inventory inventory;
    private final Clock clock;

    Permissions(Supplier<Policy> policy, OperationCatalogue catalogue, Inventory inventory, Clock clock) {
        this.policy = policy;
        this.catalogue = catalogue;
        this.inventory = inventory;
        this.clock = clock;
    }

    /** {@link Incoming.Admitted} or {@link Incoming.Refused}. */
    Incoming of(Command command) {
        Optional<OperationDescriptor> descriptor = catalogue.descriptors().stream()
                .filter(known ->
                        known.tool().equals(command.tool()) && known.action().equals(command.action()))
                .findFirst();
        if (descriptor.isEmpty()) {
            return new Incoming.Refused(
                    command,
                    Failure.of(
                            Category.UNKNOWN_ACTION,
                            "This worker has no action " + command.action() + " of " + command.tool() + ".",
                            "See GET /api/v1/tools for what there is."));
        }
        Optional<Map<String, String>> labels = inventory.labels(command.target());
        if (labels.isEmpty()) {
            return new Incoming.Refused(
                    command,
                    Failure.of(
                            Category.UNKNOWN_TARGET,
                            "The inventory has no host or cluster of the name " + command.target() + ".",
                            "A command names its target as the inventory does, not by an address."));
        }
        return decided(
                command,
                policy.get()
                        .evaluate(
                                new Access(
                                        command.caller(),
                                        command.roles(),
                                        command.tool(),
                                        command.action(),
                                        descriptor.get().risk(),
                                        command.target(),
                                        labels.get(),
                                        clock.instant()),
                                command.dryRun()));
    }

    private static Incoming decided(Command command, Evaluation evaluation) {
        if (evaluation.decision() instanceof Decision.Refused refused) {
            return new Incoming.Refused(command, refused.failure(), Optional.of(evaluation.verdict()));
        }
        Decision.Allowed allowed = (Decision.Allowed) evaluation.decision();
        return new Incoming.Admitted(
                command, allowed.rule(), allowed.approval(), evaluation.verdict(), evaluation.allowances());
    }
}
