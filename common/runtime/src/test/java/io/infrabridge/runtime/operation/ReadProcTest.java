package io.infrabridge.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadProcTest {
    @Test
    void isAProgramWhereProgramsAreAllThereIs() {
        ReadProc step = ReadProc.of("load", "/proc/loadavg", "/proc/self/mounts");

        assertThat(step.asRun().argv()).containsExactly("cat", "--", "/proc/loadavg", "/proc/self/mounts");
        assertThat(step.command()).isEqualTo(step.asRun().argv());
        assertThat(step.undo().foreseen(Probed.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "/proc/../etc/passwd", "/proc/", "/proc", "proc/version", "-n", "/proc/a b", ""})
    void readsNothingButTheKernelsFiles(String file) {
        assertThatThrownBy(() -> ReadProc.of("hostile", file)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAtLeastOneFile() {
        assertThatThrownBy(() -> new ReadProc("nothing", List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
