package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.operation.Probed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is written down of a change before a step of it is started, so that another worker can go on with it or take it back.
 *
 * @param stages what was begun, the oldest first: one stage for each worker that worked on it; none where they were too large
 * @param step what is being started, in words
 * @param at when
 * @param until after this instant nothing of the step can be alive on the target
 * @param retreat why the change is being taken back, where it is
 */
public record StepRecord(List<Stage> stages, String step, Instant at, Instant until, Optional<Retreat> retreat) {
    public StepRecord {
        stages = List.copyOf(stages);
    }

    /** Whether the step changes nothing: then all that were started before it have ended well. */
    boolean onlyLooks() {
        return retreat.isEmpty() && !stages.isEmpty() && !until.isAfter(at);
    }

    /** The same for a store that cannot take what was seen before; another worker can go on then, but cannot take back. */
    public StepRecord withoutStages() {
        return new StepRecord(List.of(), step, at, until, retreat);
    }

    /**
     * What one worker began.
     *
     * @param before what it saw before its first step: its plan can be made from that again
     * @param started how many of that plan's steps were or are being started
     */
    public record Stage(Probed before, int started) {}

    /**
     * A change on its way back.
     *
     * @param state how the failure alone would have ended it
     * @param undone how many of the started steps, the last first, are taken back already
     */
    public record Retreat(State state, Failure failure, int undone) {}
}
