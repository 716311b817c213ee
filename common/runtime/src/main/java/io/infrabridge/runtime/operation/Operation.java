package io.infrabridge.runtime.operation;

import java.util.Optional;

/**
 * One action of one tool: pure functions only. The runner probes, plans, executes the plan, probes again and, for what
 * converges, expects that nothing is left to do; it then parses what it saw.
 *
 * @param <I> the typed arguments, a record; the input schema derives from it
 * @param <F> what is known of a target before its probe
 * @param <O> the typed output, a record; the output schema derives from it
 */
public sealed interface Operation<I extends Record, F, O extends Record> permits HostOperation, ClusterOperation {
    OperationSpec<I, O> spec();

    /** Steps that only look; their outputs are handed to the other functions. */
    Plan probe(I in, F facts);

    /**
     * More steps that only look, where what was seen so far says what to look at next; their outputs follow the others. It is
     * asked again until it names none.
     */
    default Plan further(I in, F facts, Probed seen) {
        return Plan.nothing();
    }

    /** What has to be done after what the probe saw; nothing where it is already so, and for reads. */
    default Plan plan(I in, F facts, Probed before) {
        return Plan.nothing();
    }

    /** How looks can tell that what is never repeated took effect, where anything on the target tells. */
    default Optional<Evidence> evidence() {
        return Optional.empty();
    }

    /** The output from captured text; throws {@link UnexpectedOutput} for text that it does not understand. */
    default O parse(I in, Outputs out) {
        throw new IllegalStateException(getClass().getName() + " tells nothing");
    }

    /** The same for what can only be understood by what is known of the target; an operation has one of both. */
    default O parse(I in, F facts, Outputs out) {
        return parse(in, out);
    }

    /** Tells from two probes that a change took effect between them; asked where the worker that began it has died. */
    interface Evidence {
        boolean shows(Probed before, Probed now);
    }
}
