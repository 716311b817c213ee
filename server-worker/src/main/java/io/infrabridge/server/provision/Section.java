package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import java.util.List;

/** One thing that a server shall have or be; it sees what its own looks saw and nothing else. */
sealed interface Section permits DeclaredSection, FileSection, PartSection, SysctlSection {
    /** Steps that only look, or why nothing may even be looked at. */
    Plan probe();

    /** More steps that only look, until there are none. */
    default List<Step> further(Probed seen) {
        return List.of();
    }

    /** How the server differs from what is wanted. */
    List<Change> changes(Probed seen);

    /**
     * What brings it there.
     *
     * @param moreComing whether packages or accounts will have come before, and with them what is missing yet
     */
    Plan plan(Probed seen, boolean moreComing);

    /** What is done when all other sections are brought about. */
    default List<Step> last(Probed seen) {
        return List.of();
    }

    /** Whether what is missing to later sections may be there once this one is brought about. */
    default boolean bringsMore() {
        return false;
    }
}
