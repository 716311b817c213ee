package io.infrabridge.server.health;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import java.util.List;
import java.util.Optional;

/**
 * NixOS: another kernel is used from the next boot on where the system that was booted and the one that is current have different
 * ones. It has no updates of single packages, and so none for security.
 */
record NixosUpkeep() implements UpkeepSource {
    @Override
    public List<Run> looks() {
        return List.of(Run.of(
                        "Compare the kernel that was booted with the current system's",
                        "realpath",
                        "--",
                        "/run/booted-system/kernel",
                        "/run/current-system/kernel")
                .accepting(0, 1, Output.NOT_FOUND));
    }

    @Override
    public Upkeep seen(List<Output> outputs) {
        List<String> kernels = outputs.get(0).lines();
        return new Upkeep(
                outputs.get(0).succeeded() && kernels.size() == 2
                        ? Optional.of(!kernels.get(0).equals(kernels.get(1)))
                        : Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
