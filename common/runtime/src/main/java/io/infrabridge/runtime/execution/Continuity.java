package io.infrabridge.runtime.execution;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * What joins the work of one worker on a change to that of another.
 *
 * @param operationId names the change on its target
 * @param earlier the last that an earlier worker wrote down of it, where one had begun
 */
public record Continuity(String operationId, Optional<StepRecord> earlier, Journal journal) {
    /** For a run that nobody has to go on with. */
    public static Continuity none(String operationId) {
        return new Continuity(
                operationId, Optional.empty(), record -> Uni.createFrom().voidItem());
    }

    /** Hears of every step of a change before it is started; the step waits until it is written down. */
    public interface Journal {
        Uni<Void> starting(StepRecord record);
    }
}
