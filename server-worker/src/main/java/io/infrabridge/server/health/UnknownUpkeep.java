package io.infrabridge.server.health;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import java.util.List;
import java.util.Optional;

/** Distributions whose habits are not known. */
record UnknownUpkeep() implements UpkeepSource {
    @Override
    public List<Run> looks() {
        return List.of();
    }

    @Override
    public Upkeep seen(List<Output> outputs) {
        return new Upkeep(Optional.empty(), List.of(), Optional.empty());
    }
}
