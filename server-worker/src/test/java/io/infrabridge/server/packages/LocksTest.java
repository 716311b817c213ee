package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.WaitFor;
import io.infrabridge.runtime.value.PackageName;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocksTest {
    private final Output dnf = Captured.error(200, "dnf-locked.err");

    @Test
    void tellWhoHoldsThem() {
        Output apt = new Output(100, Captured.text("apt-get-locked"), Captured.text("apt-get-locked.err"), false);
        assertThat(message(apt))
                .isEqualTo("The package manager of the host is in use: process 8423 (python3) holds its lock.");
        assertThat(message(Captured.error(100, "apt-get-update-locked.err"))).contains("process 7734 (python3)");
        assertThat(message(dnf)).contains("process 1506 (python3)");
        assertThat(message(Captured.error(100, "apt-get-locked.err"))).contains("another process");
        assertThat(Locks.explain(Captured.error(100, "apt-get-update-failed.err")))
                .isEmpty();
    }

    @Test
    void areWaitedForBeforeAnythingIsPlanned() {
        WaitFor look = (WaitFor) new Dnf().simulateInstall(List.of(new PackageName("nginx")));
        assertThat(look.accepts(dnf)).isFalse();
        assertThat(look.explain(dnf)).map(Failure::category).contains(Category.CONFLICT);
        assertThat(look.accepts(DnfPackagesTest.simulated("install"))).isTrue();
        assertThat(look.accepts(Captured.error(1, "dnf-foreseen-unknown.err"))).isTrue();
    }

    private static String message(Output output) {
        Failure failure = Locks.explain(output).orElseThrow();
        assertThat(failure.category()).isEqualTo(Category.CONFLICT);
        return failure.message();
    }
}
