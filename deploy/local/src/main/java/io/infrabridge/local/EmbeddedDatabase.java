package io.infrabridge.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL on 127.0.0.1 whose data and password survive a restart, and that ends with this process. */
public final class EmbeddedDatabase implements AutoCloseable {
    /** The role of the application and the name of its database. */
    public static final String NAME = "infrabridge";

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final DatabaseCluster cluster;
    private final Process postmaster;
    private final int port;
    private final String password;

    private EmbeddedDatabase(DatabaseCluster cluster, Process postmaster, int port, String password) {
        this.cluster = cluster;
        this.postmaster = postmaster;
        this.port = port;
        this.password = password;
    }

    /** Starts a database that keeps what it has acknowledged; port 0 means a free one. */
    public static EmbeddedDatabase start(Path data, DatabaseSoftware software, Path log, int port) throws IOException {
        return start(data, software, log, port, List.of());
    }

    /** Starts a database for one test run, which need not survive a power cut and so never waits for the disk. */
    public static EmbeddedDatabase startDisposable(Path data, DatabaseSoftware software) throws IOException {
        List<String> careless =
                List.of("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off");
        return start(data, software, data.resolve("postgresql.log"), 0, careless);
    }

    private static EmbeddedDatabase start(
            Path data, DatabaseSoftware software, Path log, int port, List<String> settings) throws IOException {
        Folders.createPrivate(data);
        String password = password(data.resolve("password"));
        DatabaseCluster cluster = new DatabaseCluster(data, software, log, DatabaseAccount.choose());
        cluster.stopLeftover();
        cluster.createIfAbsent(NAME, password);
        int chosen = FreePort.orFree(port);
        EmbeddedDatabase database = new EmbeddedDatabase(cluster, cluster.start(chosen, settings), chosen, password);
        database.awaitReady(log);
        return database;
    }

    public String jdbcUrl() {
        return "jdbc:" + reactiveUrl();
    }

    public String reactiveUrl() {
        return "postgresql://127.0.0.1:%d/%s".formatted(port, NAME);
    }

    public String username() {
        return NAME;
    }

    public String password() {
        return password;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), NAME, password);
    }

    Process process() {
        return postmaster;
    }

    @Override
    public void close() {
        try {
            if (postmaster.isAlive()) {
                cluster.stop();
            }
        } catch (IOException e) {
            postmaster.destroyForcibly();
        }
    }

    private void awaitReady(Path log) throws IOException {
        Instant deadline = Instant.now().plus(READY_WITHIN);
        while (!answers()) {
            if (exitedWithin(Duration.ofMillis(50))) {
                throw new IOException("PostgreSQL ended with " + postmaster.exitValue() + "; see " + log);
            }
            if (Instant.now().isAfter(deadline)) {
                close();
                throw new IOException(
                        "PostgreSQL did not answer within " + READY_WITHIN.toSeconds() + " s; see " + log);
            }
        }
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private boolean exitedWithin(Duration time) throws IOException {
        try {
            return postmaster.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IOException("interrupted while PostgreSQL was starting", e);
        }
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            Folders.writePrivate(file, randomText());
        }
        return Files.readString(file).strip();
    }

    static String randomText() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
