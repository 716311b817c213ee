package io.infrabridge.system;

import io.infrabridge.trust.PrivateFile;
import io.infrabridge.trust.signature.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** All of Infrabridge on this machine, started by {@code ./run} in folders of its own and on ports of its own. */
public final class LocalSystem implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(180);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);

    private final LocalConfiguration configuration;
    private final Path folder;
    private final int offset;
    private final Process launcher;

    private LocalSystem(LocalConfiguration configuration, int offset, Process launcher) {
        this.configuration = configuration;
        this.folder = configuration.folder();
        this.offset = offset;
        this.launcher = launcher;
    }

    /**
     * Starts it and returns when every service is ready.
     *
     * @param environment added to that of {@code ./run}, for example where traces go
     */
    public static LocalSystem start(Path folder, Map<String, String> environment) throws IOException {
        return start(folder, environment, Lab.inventory(), Map.of());
    }

    /**
     * As above.
     *
     * @param inventory the text of its {@code inventory.yaml}
     * @param issuers further services that may publish commands, and the roles that they may assert
     */
    public static LocalSystem start(
            Path folder, Map<String, String> environment, String inventory, Map<String, List<String>> issuers)
            throws IOException {
        return start(folder, environment, inventory, issuers, List.of());
    }

    /**
     * As above.
     *
     * @param options further ones of {@code ./run}
     */
    public static LocalSystem start(
            Path folder,
            Map<String, String> environment,
            String inventory,
            Map<String, List<String>> issuers,
            List<String> options)
            throws IOException {
        LocalConfiguration configuration = LocalConfiguration.write(folder, inventory, issuers);
        int offset = FreePorts.offset();
        List<String> argv = new ArrayList<>(configuration.command("--port-offset", Integer.toString(offset)));
        argv.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile());
        builder.environment().putAll(environment);
        LocalSystem system = new LocalSystem(configuration, offset, builder.start());
        try {
            Eventually.isTrue("./run is ready, see " + folder.resolve("run.log"), READY_WITHIN, system::ready);
        } catch (AssertionError | RuntimeException e) {
            system.launcher.destroy();
            throw e;
        }
        return system;
    }

    /** Ready is what {@code ./run} calls ready: it prints its summary after the last service. */
    private boolean ready() {
        if (!launcher.isAlive()) {
            throw new IllegalStateException("./run ended with " + launcher.exitValue() + ":\n" + output());
        }
        return output().contains("admin.key");
    }

    public String output() {
        try {
            return Files.readString(folder.resolve("run.log"));
        } catch (IOException e) {
            return "(no output: " + e.getMessage() + ")";
        }
    }

    public URI gateway() {
        return address(FreePorts.GATEWAY);
    }

    public URI audit() {
        return address(FreePorts.AUDIT);
    }

    public URI serverWorker() {
        return address(FreePorts.SERVER);
    }

    public String kafka() {
        return "127.0.0.1:" + (FreePorts.KAFKA + offset);
    }

    public String adminKey() {
        return PrivateFile.read(folder.resolve("data/admin.key")).strip();
    }

    /** The key of a caller who has only this role. */
    public String keyOf(String role) {
        return role.equals("admin") ? adminKey() : configuration.roleKeys().get(role);
    }

    /** The key by which a further service signs. */
    public SigningKey issuer(String service) {
        return configuration.issuerKeys().get(service);
    }

    public Path trustFile() {
        return folder.resolve("data/trust.yaml");
    }

    public ForeignService foreignService() {
        return configuration.foreignService();
    }

    /** What audit exports are verified with. */
    public Path checkpointKey() {
        return folder.resolve("data/checkpoint.pub");
    }

    /**
     * The process of a part that this very {@code ./run} has started last; nothing while there is none.
     *
     * @param title as the terminal shows it, such as {@code gateway}, {@code server-worker-2} or {@code PostgreSQL}
     */
    public Optional<ProcessHandle> process(String title) {
        try {
            return Files.readAllLines(folder.resolve("data/run.pids")).stream()
                    .map(line -> line.split(" "))
                    .filter(words -> words.length == 3 && words[2].equals(title))
                    .map(words -> Long.parseLong(words[0]))
                    .reduce((before, last) -> last)
                    .flatMap(pid -> launcher.descendants()
                            .filter(process -> process.pid() == pid)
                            .findFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI address(int port) {
        return URI.create("http://127.0.0.1:" + (port + offset));
    }

    /**
     * Stops it and requires that nothing is left: no process, no open port. TERM and not INT, which is ignored by everything
     * that a script started in its background; both are one to the launcher.
     */
    @Override
    public void close() throws IOException, InterruptedException {
        List<ProcessHandle> all = launcher.descendants().toList();
        Shell.run("kill", "-TERM", Long.toString(launcher.pid()));
        if (!launcher.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            launcher.destroyForcibly();
            throw new AssertionError("./run did not stop:\n" + output());
        }
        Eventually.isTrue(
                "every process of ./run has ended",
                Duration.ofSeconds(5),
                () -> all.stream().noneMatch(ProcessHandle::isAlive));
        for (int port : List.of(FreePorts.GATEWAY, FreePorts.AUDIT, FreePorts.SERVER, FreePorts.KAFKA)) {
            requireClosed(port + offset);
        }
        // the logs stay, for whoever wants to know why something failed
        Folders.delete(folder.resolve("data/kafka"));
        Folders.delete(folder.resolve("data/postgresql"));
    }

    private static void requireClosed(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            throw new AssertionError("something still listens on port " + port);
        } catch (IOException closed) {
            // as it must be
        }
    }
}
