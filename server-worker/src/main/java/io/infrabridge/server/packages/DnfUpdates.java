package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.List;

/**
 * Updates by dnf(8). Security updates are those for which a repository has an advisory of that kind. Which of the installed
 * versions are still offered is told by what could be installed over itself.
 */
record DnfUpdates() implements Updates {
    private static final List<String> SECURITY = List.of("--security");
    private static final String EVERYTHING = "*";

    static final String[] AS_ROOT = {
        DnfCommand.shapeOf(true, "upgrade", List.of()),
        DnfCommand.shapeOf(false, "upgrade", List.of()),
        DnfCommand.shapeOf(true, "upgrade", SECURITY),
        DnfCommand.shapeOf(false, "upgrade", SECURITY),
        DnfCommand.shape(true, "upgrade", List.of()),
        DnfCommand.shape(false, "upgrade", List.of()),
        DnfCommand.shape(true, "upgrade", SECURITY),
        DnfCommand.shape(false, "upgrade", SECURITY),
        DnfCommand.shapeOf(true, "reinstall", List.of(), EVERYTHING)
    };

    @Override
    public List<Step> looks(UpdatePackages.Input in) {
        return List.of(
                DnfCommand.simulate("Foresee the update", "upgrade", options(in), Dnf.texts(in.named())),
                DnfCommand.simulate(
                        "See which installed versions are still offered", "reinstall", List.of(), List.of(EVERYTHING)));
    }

    @Override
    public Foreseen foreseen(UpdatePackages.Input in, List<Output> looks) {
        return DnfTransaction.parse(looks.get(0));
    }

    @Override
    public boolean choosesFromLists(UpdatePackages.Input in) {
        return false;
    }

    @Override
    public Run update(String description, UpdatePackages.Input in, Foreseen foreseen) {
        return DnfCommand.change(description, "upgrade", options(in), Dnf.texts(in.named()));
    }

    /** Where dnf refuses to say so, nothing is. */
    @Override
    public boolean offered(Entry entry, Newer newer, List<Output> looks) {
        return DnfTransaction.parse(looks.get(1)).coming().stream()
                .anyMatch(named -> named.is(entry) && named.version().equals(entry.version()));
    }

    private static List<String> options(UpdatePackages.Input in) {
        return in.onlySecurity() ? SECURITY : List.of();
    }
}
