package io.infrabridge.server.measure;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.server.OddOutput;
import org.junit.jupiter.api.Test;

final class MeasuresTest {
    @Test
    void survivesWhateverTheKernelSays() {
        OddOutput.of(Captured.output("cat-proc")).isReadOrRefused(Kernel::parse);
        OddOutput.of(Captured.output("nproc")).isReadOrRefused(Kernel::processors);
        OddOutput.of(Captured.output("cat-os-release")).isReadOrRefused(Kernel::prettyName);
        Output first = Captured.output("head-stat-first");
        OddOutput.of(first).isReadOrRefused(odd -> Kernel.busyPercent(first, odd));
    }

    @Test
    void survivesWhateverIsSaidOfFileSystems() {
        OddOutput.of(Captured.output("df")).isReadOrRefused(Disk::parse);
    }
}
