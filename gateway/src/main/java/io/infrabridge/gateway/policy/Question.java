package io.infrabridge.gateway.policy;

import java.util.List;
import java.util.Optional;

/**
 * Who asks what the policy would make of which operation, as it was asked.
 *
 * @param action the action's name in the catalogue, such as {@code package.install}; absent where the tool has one alone
 * @param target a name or address of the inventory; by default as for an operation
 * @param roles instead of the caller's own; each text may list several, separated by commas
 * @param caller instead of the caller's own name
 * @param at an instant, now by default
 */
public record Question(
        Optional<String> tool,
        Optional<String> action,
        Optional<String> target,
        List<String> roles,
        Optional<String> caller,
        Optional<String> at,
        boolean dryRun) {
    public Question {
        roles = List.copyOf(roles);
    }

    boolean ofSomebodyElse() {
        return !roles.isEmpty() || caller.isPresent() || at.isPresent();
    }
}
