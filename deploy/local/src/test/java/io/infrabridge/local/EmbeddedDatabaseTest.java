package io.infrabridge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir
    Path folder;

    private DatabaseSoftware software;

    @BeforeEach
    void unpack() throws Exception {
        software = DatabaseSoftware.unpackedIn(Path.of("target", "postgresql"));
    }

    @Test
    void keepsDataAndPasswordOverARestart() throws Exception {
        String password;
        try (EmbeddedDatabase database = start()) {
            password = database.password();
            execute(database, "create table kept (word text)", "insert into kept values ('here')");
        }
        try (EmbeddedDatabase database = start()) {
            assertThat(database.password()).isEqualTo(password);
            assertThat(onlyWord(database)).isEqualTo("here");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void recoversWhatWasCommittedWhenTheServerWasKilled() throws Exception {
        try (EmbeddedDatabase killed = start()) {
            execute(killed, "create table kept (word text)", "insert into kept values ('here')");
            killed.process().destroyForcibly().waitFor();
        }
        try (EmbeddedDatabase database = start()) {
            assertThat(onlyWord(database)).isEqualTo("here");
        }
    }

    @Test
    void endsWhatAKilledServerLeftBehindBeforeItStartsOnTheSameData() throws Exception {
        try (EmbeddedDatabase killed = start()) {
            execute(killed, "create table kept (word text)", "insert into kept values ('here')");
            List<ProcessHandle> left = killed.process().descendants().toList();
            // a process that does not run cannot notice that its parent is gone
            for (ProcessHandle each : left) {
                new ProcessBuilder("kill", "-STOP", Long.toString(each.pid()))
                        .start()
                        .waitFor();
            }
            killed.process().destroyForcibly().waitFor();
            try (EmbeddedDatabase database = start()) {
                assertThat(left).isNotEmpty().noneMatch(ProcessHandle::isAlive);
                assertThat(onlyWord(database)).isEqualTo("here");
            }
        }
    }

    @Test
    void stopsAServerThatAKilledLauncherLeftRunning() throws Exception {
        EmbeddedDatabase leftover = start();
        execute(leftover, "create table kept (word text)", "insert into kept values ('here')");
        try (EmbeddedDatabase database = start()) {
            assertThat(leftover.process().waitFor(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(onlyWord(database)).isEqualTo("here");
        }
    }

    @Test
    void refusesAWrongPasswordAndASuperuserByNetwork() throws Exception {
        try (EmbeddedDatabase database = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "infrabridge", "wrong"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", database.password()))
                    .isInstanceOf(SQLException.class);
        }
    }

    private EmbeddedDatabase start() throws Exception {
        return EmbeddedDatabase.start(folder.resolve("data"), software, folder.resolve("log"), 0);
    }

    private static void execute(EmbeddedDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static String onlyWord(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select word from kept")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
