package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.List;

/** How a package manager updates what is installed. */
sealed interface Updates permits AptUpdates, DnfUpdates {
    /** Steps that only look: the first simulates the update, others help to say whether there is a way back. */
    List<Step> looks(UpdatePackages.Input in);

    /** What would come, of that only what was asked for. */
    Foreseen foreseen(UpdatePackages.Input in, List<Output> looks);

    /** Whether what to update is chosen from the package lists here, so that they must not be old. */
    boolean choosesFromLists(UpdatePackages.Input in);

    Run update(String description, UpdatePackages.Input in, Foreseen foreseen);

    /** Whether this version, which is installed, could be installed again. */
    boolean offered(Entry entry, Newer newer, List<Output> looks);
}
