package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Plan;
import java.util.List;

/** What is left to do until a rule is there, or until it is not. */
sealed interface RuleSteps permits EditedRules, DeclaredRules {
    boolean none();

    /** For what cannot lock anybody out. */
    Plan plain();

    /**
     * For what might: the host takes it back by itself, unless a new connection comes.
     *
     * @param waiting the timers that an earlier attempt has left
     */
    Plan proved(List<Integer> waiting);
}
