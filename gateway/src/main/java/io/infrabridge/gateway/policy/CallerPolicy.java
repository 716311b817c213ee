package io.infrabridge.gateway.policy;

import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.trust.Reloading;
import io.infrabridge.trust.inventory.Inventory;
import io.infrabridge.trust.policy.Access;
import io.infrabridge.trust.policy.Evaluation;
import io.infrabridge.trust.policy.Policy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Asks the policy on behalf of callers. What it allows permits nothing. */
@Singleton
public final class CallerPolicy {
    private final Reloading<Policy> policy;
    private final Inventory inventory;
    private final Clock clock;

    public CallerPolicy(Reloading<Policy> policy, Inventory inventory, Clock clock) {
        this.policy = policy;
        this.inventory = inventory;
        this.clock = clock;
    }

    public Evaluation evaluate(Caller caller, OperationDescriptor action, String target, boolean dryRun) {
        return policy.current().evaluate(access(caller, action, target, clock.instant()), dryRun);
    }

    Evaluation evaluate(Access access, boolean dryRun) {
        return policy.current().evaluate(access, dryRun);
    }

    Access access(Caller caller, OperationDescriptor action, String target, Instant at) {
        return new Access(
                caller.name(),
                caller.roles(),
                action.tool(),
                action.action(),
                action.risk(),
                target,
                // one that has left the inventory since has none any more
                inventory.labels(target).orElseGet(Map::of),
                at);
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether there may be a target on which the caller may do it. */
    public boolean offers(Caller caller, OperationDescriptor action) {
        return policy.current().offers(caller.roles(), action.tool(), action.action(), action.risk());
    }
}
