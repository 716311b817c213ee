package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport.Phase;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.smallrye.mutiny.Uni;

/**
 * What tells on the host itself that a change which must not be repeated has begun: a directory, because of all who try only
 * one can make it, see mkdir(2). It stays until the host boots.
 */
final class Marker {
    static final String FOLDER = "/run/infrabridge";
    static final String WHY = "only root writes to /run";

    private final Run make;
    private final Run makeFolder;
    private final Run look;

    private Marker(Run make, Run makeFolder, Run look) {
        this.make = make;
        this.makeFolder = makeFolder;
        this.look = look;
    }

    static Marker of(String operationId, boolean asRoot) {
        String path = FOLDER + "/" + operationId;
        Run make = Run.of("Mark that it has begun", "mkdir", "--", path).accepting(0, 1);
        Run folder = Run.of("Make the folder of such marks", "mkdir", "-p", "--", FOLDER)
                .accepting(0, 1);
        Run look = Run.of("See whether it had begun", "stat", "--", path).accepting(0, 1);
        return asRoot ? new Marker(make.asRoot(WHY), folder.asRoot(WHY), look) : new Marker(make, folder, look);
    }

    Step step() {
        return make;
    }

    /** Done when it was made by this very call; a mark that is there already ends the change as INDETERMINATE. */
    Uni<Void> make(StepRunner steps) {
        return steps.run(make, Phase.CHANGE)
                .chain(made -> made.succeeded()
                        ? Uni.createFrom().voidItem()
                        : steps.run(makeFolder, Phase.CHANGE)
                                .chain(() -> steps.run(make, Phase.CHANGE))
                                .chain(again -> again.succeeded()
                                        ? Uni.createFrom().voidItem()
                                        : steps.run(look, Phase.CHANGE)
                                                .onItem()
                                                .transformToUni(seen -> Uni.createFrom()
                                                        .failure(
                                                                seen.succeeded()
                                                                        ? begunBefore()
                                                                        : cannotBeMade(again)))));
    }

    private StepFailed begunBefore() {
        return new StepFailed(
                Failure.of(
                        Category.INTERRUPTED,
                        "The host says that this operation had begun before: "
                                + look.argv().get(2) + " was there. It is never repeated, so nothing was run now.",
                        "Look at the target, whether it took effect, before asking again."),
                State.INDETERMINATE,
                true);
    }

    private StepFailed cannotBeMade(Output answer) {
        return new StepFailed(
                Failure.of(
                        Category.PRECONDITION_FAILED,
                        "What must never run twice is marked on the host before, and the mark cannot be made: "
                                + answer.error().strip() + " Nothing was run.",
                        "The account needs to make directories in " + FOLDER
                                + ", as deploy/sudoers permits it where the change needs root."),
                State.FAILED,
                true);
    }
}
