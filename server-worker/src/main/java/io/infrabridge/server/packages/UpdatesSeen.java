package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import java.util.List;

/**
 * What the probe of an update saw.
 *
 * @param fresh whether the package lists were fetched a short while ago
 * @param looks what {@link Updates#looks} said
 */
record UpdatesSeen(Inventory inventory, Held held, Newer newer, boolean fresh, List<Output> looks) {
    private static final int OWN = 4;

    UpdatesSeen {
        looks = List.copyOf(looks);
    }

    static UpdatesSeen of(Probed seen) {
        return new UpdatesSeen(
                Inventory.parse(seen.get(0)),
                Held.parse(seen.get(1)),
                Newer.parse(seen.get(2)),
                !seen.get(3).text().isBlank(),
                seen.outputs().subList(OWN, seen.outputs().size()));
    }
}
