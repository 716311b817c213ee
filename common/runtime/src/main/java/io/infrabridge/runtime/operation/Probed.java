package io.infrabridge.runtime.operation;

import java.util.List;

/** The outputs of a probe's steps, in their order. */
public record Probed(List<Output> outputs) {
    public Probed {
        outputs = List.copyOf(outputs);
    }

    public static Probed of(Output... outputs) {
        return new Probed(List.of(outputs));
    }

    public static Probed nothing() {
        return new Probed(List.of());
    }

    public Output get(int step) {
        return outputs.get(step);
    }
}
