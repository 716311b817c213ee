package io.infrabridge.runtime.operation;

import java.util.List;
import java.util.stream.Stream;

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

    /** The same, with more behind it. */
    public Probed and(List<Output> more) {
        return new Probed(Stream.concat(outputs.stream(), more.stream()).toList());
    }

    public int size() {
        return outputs.size();
    }

    public Output get(int step) {
        return outputs.get(step);
    }
}
