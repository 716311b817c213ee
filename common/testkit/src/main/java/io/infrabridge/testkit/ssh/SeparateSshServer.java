package io.infrabridge.testkit.ssh;

import io.infrabridge.testkit.net.SeparateProcess;
import io.infrabridge.trust.inventory.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link TestSshServer} in a process of its own, which can be frozen as a whole machine is. */
public final class SeparateSshServer implements AutoCloseable {
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);

    private final SeparateProcess process;
    private final List<String> told;

    private SeparateSshServer(SeparateProcess process, List<String> told) {
        this.process = process;
        this.told = told;
    }

    /** Commands find their programs there. */
    public static SeparateSshServer start(String path) {
        try {
            Path folder = Files.createTempDirectory("separate-sshd");
            Path told = folder.resolve("told");
            SeparateProcess process = SeparateProcess.start(
                    SeparateSshServer.class.getName(), folder.resolve("log"), told.toString(), path);
            long end = System.nanoTime() + STARTED_WITHIN.toNanos();
            while (!Files.exists(told)) {
                if (!process.alive() || System.nanoTime() > end) {
                    throw new AssertionError("it did not start; see " + folder);
                }
                Thread.onSpinWait();
            }
            return new SeparateSshServer(process, Files.readAllLines(told));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Arguments: the file that is written when it listens, and the PATH of its commands. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TestSshServer server = TestSshServer.start(Map.of("PATH", arguments[1]));
        Host host = server.host("any");
        Path told = Path.of(arguments[0]);
        Path draft = told.resolveSibling("draft");
        Files.write(
                draft,
                List.of(
                        Integer.toString(server.port()),
                        host.user(),
                        host.key().toString(),
                        host.knownHosts().toString()));
        Files.move(draft, told, StandardCopyOption.ATOMIC_MOVE);
        // until it is killed: the server's own threads do not keep it
        Thread.currentThread().join();
    }

    public Host host(String name) {
        return new Host(
                name,
                List.of("127.0.0.1"),
                Optional.of(Integer.valueOf(told.get(0))),
                told.get(1),
                Path.of(told.get(2)),
                Path.of(told.get(3)),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    public void freeze() {
        process.freeze();
    }

    public void thaw() {
        process.thaw();
    }

    @Override
    public void close() {
        process.close();
    }
}
