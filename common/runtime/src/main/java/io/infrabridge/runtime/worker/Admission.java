package io.infrabridge.runtime.worker;

import io.smallrye.mutiny.Uni;

/** Lets tasks into the queue for which there is room in all that the policy counts. */
record Admission(Allowances allowances, Outcomes outcomes, TaskQueue queue) {
    Uni<Void> start(Task task) {
        return queue.start(task, drawn(task));
    }

    /** Whether the task had room in its allowances; one that had none is ended, and its caller is told when to come again. */
    private Uni<Boolean> drawn(Task task) {
        return Uni.createFrom()
                .deferred(() -> allowances.draw(task))
                .chain(verdict -> verdict.exhausted()
                        .map(exhausted -> outcomes.exhausted(task, exhausted).replaceWith(false))
                        .orElseGet(() -> Uni.createFrom().item(true)));
    }
}
