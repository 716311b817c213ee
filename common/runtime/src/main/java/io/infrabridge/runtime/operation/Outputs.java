package io.infrabridge.runtime.operation;

import java.util.List;

/**
 * Everything that was seen while an operation ran.
 *
 * @param before the probe before the steps
 * @param steps what the steps answered; empty where nothing had to be done
 * @param after the probe after the steps; the same as before where nothing had to be done
 */
public record Outputs(Probed before, List<Output> steps, Probed after) {
    public Outputs {
        steps = List.copyOf(steps);
    }

    /** The outputs of an operation that only looked. */
    public static Outputs seen(Output... probe) {
        Probed probed = Probed.of(probe);
        return new Outputs(probed, List.of(), probed);
    }
}
