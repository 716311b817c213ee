package io.infrabridge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    Path folder;

    private Path file;
    private Process process;

    @BeforeEach
    void startAProcess() throws Exception {
        file = folder.resolve("run.pids");
        process = ProcessParent.start(new ProcessBuilder("cat"));
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void endsTheProcessesOfAnEarlierStart() throws Exception {
        new PidFile(file).add(process.toHandle(), "cat");
        new PidFile(file).endLeftovers();
        assertThat(process.isAlive()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void sparesAnotherProcessThatGotThePid() throws Exception {
        Files.writeString(file, process.pid() + " 2001-01-01T00:00:00Z cat\n");
        new PidFile(file).endLeftovers();
        assertThat(process.isAlive()).isTrue();
    }
}
