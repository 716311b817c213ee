package io.infrabridge.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** PostgreSQL's data on disk and the programs that make, start and stop a server on them. */
final class DatabaseCluster {
    private static final String STOP_SECONDS = "20";

    private static final Duration ORPHANS_END_WITHIN = Duration.ofSeconds(5);

    private final Path folder;
    private final Path data;
    private final DatabaseSoftware software;
    private final Path log;
    private final DatabaseAccount account;

    DatabaseCluster(Path folder, DatabaseSoftware software, Path log, DatabaseAccount account) {
        this.folder = folder.toAbsolutePath();
        this.data = this.folder.resolve("cluster");
        this.software = software;
        this.log = log;
        this.account = account;
    }

    /** Stops a server that a killed launcher left running, and waits for what a killed server left. */
    void stopLeftover() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> named = Files.readAllLines(pidFile).stream()
                .findFirst()
                .map(line -> Long.parseLong(line.strip()))
                .flatMap(ProcessHandle::of);
        boolean ours = named.filter(this::isOurs).isPresent();
        if (ours) {
            stop();
        }
        endOrphans();
        if (named.isPresent() && !ours) {
            // PostgreSQL would refuse to start, because another process has got the pid of a server that was killed.
            Files.deleteIfExists(pidFile);
        }
        // Otherwise the file stays: by it PostgreSQL finds out whether anything still uses the old shared memory.
    }

    /**
     * Server processes outlive a postmaster that was killed until they notice it, which one that is stopped never does.
     * Two generations on the same data would destroy them.
     */
    private void endOrphans() throws IOException {
        List<ProcessHandle> orphans =
                ProcessHandle.allProcesses().filter(this::worksHere).toList();
        if (!haveEnded(orphans)) {
            orphans.forEach(ProcessHandle::destroyForcibly);
            haveEnded(orphans);
        }
    }

    private static boolean haveEnded(List<ProcessHandle> processes) throws IOException {
        try {
            CompletableFuture.allOf(
                            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(ORPHANS_END_WITHIN.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a killed PostgreSQL was ending", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of PostgreSQL's processes work in the folder of the data. */
    private boolean worksHere(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(data.toRealPath());
        } catch (IOException notOurs) {
            return false;
        }
    }

    /** The data appear under their name only when complete, so that an interrupted first start begins anew. */
    void createIfAbsent(String name, String password) throws IOException {
        if (Files.isDirectory(data)) {
            account.own(data);
            return;
        }
        Path fresh = folder.resolve("cluster.new");
        Folders.delete(fresh);
        Folders.createPrivate(fresh);
        account.own(fresh);
        initialise(fresh);
        // Single-user mode: the role gets its password without a superuser ever being reachable by network.
        run(List.of(software.program("postgres"), "--single", "-D", fresh.toString(), "postgres"), """
                CREATE ROLE %1$s LOGIN PASSWORD '%2$s';
                CREATE DATABASE %1$s OWNER %1$s;
                """.formatted(
                        name, password));
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    Process start(int port, List<String> settings) throws IOException {
        List<String> server = List.of(
                software.program("postgres"),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "timezone=UTC",
                "-c",
                "max_connections=60",
                "-c",
                "shared_buffers=64MB");
        // Innermost, because a change of account clears what it sets. INT is PostgreSQL's fast stop.
        List<String> ending = ProcessParent.endsWithParent("INT");
        return ProcessParent.start(
                process(ProcessParent.argv(ProcessParent.ownSession(), account.prefix(), ending, server, settings)));
    }

    /** Cuts the connections, writes everything and ends. */
    void stop() throws IOException {
        run(
                List.of(
                        software.program("pg_ctl"),
                        "stop",
                        "-D",
                        data.toString(),
                        "-m",
                        "fast",
                        "-w",
                        "-t",
                        STOP_SECONDS),
                "");
    }

    private void initialise(Path fresh) throws IOException {
        Path unused = folder.resolve("superuser");
        Files.deleteIfExists(unused);
        Folders.writePrivate(unused, EmbeddedDatabase.randomText());
        try {
            run(
                    List.of(
                            software.program("initdb"),
                            "-D",
                            fresh.toString(),
                            "-U",
                            "postgres",
                            "-E",
                            "UTF8",
                            "--no-locale",
                            "--no-sync",
                            "-A",
                            "scram-sha-256",
                            "--pwfile",
                            unused.toString()),
                    "");
        } finally {
            Files.deleteIfExists(unused);
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(data.toString()))
                .orElse(false);
    }

    private void run(List<String> argv, String input) throws IOException {
        Process process = process(ProcessParent.argv(account.prefix(), argv)).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(argv.get(0) + " did not end within two minutes; see " + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + argv.get(0) + " was running", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(argv.get(0) + " ended with " + process.exitValue() + "; see " + log);
        }
    }

    private ProcessBuilder process(List<String> argv) {
        return new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }
}
