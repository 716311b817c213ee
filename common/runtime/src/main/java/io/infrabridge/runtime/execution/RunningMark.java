package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.StepReport.Phase;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What tells on the host itself that a change runs there: a directory from before its first step to its end, see mkdir(1). It
 * protects the change from the reboots of others and decides nothing about it: that it could not be made or removed stands in
 * the reports, and the change goes its way.
 */
final class RunningMark {
    private static final Logger LOG = Logger.getLogger(RunningMark.class);
    /** Both take a moment, or the host does not answer at all. */
    private static final Duration ON_THE_HOST = Duration.ofSeconds(10);

    private static final Duration LONGEST = ON_THE_HOST.plusSeconds(5);
    private static final Set<Category> NOT_PERMITTED =
            Set.of(Category.PRIVILEGE_REQUIRED, Category.PROGRAM_NOT_ALLOWED);

    private final Run make;
    private final Run remove;

    private RunningMark(Run make, Run remove) {
        this.make = make;
        this.remove = remove;
    }

    static RunningMark of(String operationId, boolean asRoot) {
        String path = OperationSpec.RUNNING_CHANGES + "/" + operationId;
        Run make = marking("Mark that it runs", "mkdir", "-p", "--", path);
        // 1: it is gone, because the host has booted since
        Run remove = marking("Remove the mark that it runs", "rmdir", "--", path);
        return asRoot
                ? new RunningMark(make.asRoot(Marker.WHY), remove.asRoot(Marker.WHY))
                : new RunningMark(make, remove);
    }

    private static Run marking(String description, String... argv) {
        return Run.of(description, argv).accepting(0, 1, Output.NOT_FOUND).within(ON_THE_HOST);
    }

    /** With what removes it in place of an undo. */
    Step step() {
        return make.undoneBy(Undo.by(remove));
    }

    /** Whether it may be there now. */
    Uni<Boolean> make(StepRunner steps) {
        return Uni.createFrom().deferred(() -> {
            int reported = steps.recorded();
            return steps.run(make, Phase.CHANGE)
                    .map(Output::succeeded)
                    .onFailure(StepFailed.class)
                    .recoverWithItem(failed -> steps.recorded() > reported
                            && !NOT_PERMITTED.contains(
                                    ((StepFailed) failed).failure().category()));
        });
    }

    /** Done when it is gone, or when this cannot be brought about: then it stays until the host boots. */
    Uni<Void> remove(StepRunner steps) {
        return steps.run(remove, Phase.UNDO)
                .ifNoItem()
                .after(LONGEST)
                .recoverWithItem(() -> Output.failed(1, "no answer within " + LONGEST))
                .onFailure(StepFailed.class)
                .recoverWithItem(failed -> Output.failed(1, failed.getMessage()))
                .invoke(output -> {
                    if (!output.succeeded()) {
                        LOG.infof("%s: %s", String.join(" ", remove.argv()), output.error());
                    }
                })
                .replaceWithVoid();
    }
}
