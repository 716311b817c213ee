package io.infrabridge.system.hostile;

import io.infrabridge.testkit.hostile.Canary;
import io.infrabridge.testkit.ssh.TestSshServer;
import io.infrabridge.trust.inventory.Host;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A host that writes down every program that is started on it, with its arguments as the shell of its SSH server made them
 * of the command line. Programs that change something only seem to; whatever else a command line might start is real.
 */
public final class Witness implements AutoCloseable {
    public static final String NAME = "witness";

    /** What only looks is the machine's own. */
    private static final Set<String> REAL =
            Set.of("cat", "date", "df", "grep", "head", "id", "nproc", "realpath", "sleep", "stat", "timeout", "uname");

    private final Path programs;
    private final Path log;
    private final Canary canary;
    private final TestSshServer server;

    private Witness(Path folder) throws IOException {
        programs = Files.createDirectories(folder.resolve("programs"));
        log = Files.createDirectories(folder.resolve("log"));
        canary = Canary.in(folder.resolve("canary"));
        server = TestSshServer.start(java.util.Map.of(
                "PATH", programs + ":/usr/sbin:/usr/bin:/sbin:/bin",
                "WITNESS_LOG", log.toString(),
                "WITNESS_STATE",
                        Files.createDirectories(folder.resolve("state")).toString()));
        for (String program : REAL) {
            install(program);
        }
        install("sudo");
    }

    public static Witness start(Path folder) throws IOException {
        return new Witness(folder.toAbsolutePath());
    }

    /** Its entry in {@code inventory.yaml}. */
    public String inventoryEntry() {
        Host host = server.host(NAME);
        return """
                - name: %s
                  addresses: [%s]
                  port: %d
                  user: %s
                  key: %s
                  known_hosts: %s
                """.formatted(NAME, host.address(), server.port(), host.user(), host.key(), host.knownHosts())
                .indent(2);
    }

    public Canary canary() {
        return canary;
    }

    /** Makes it answer for a program. */
    public void install(String program) throws IOException {
        Path file = programs.resolve(program);
        if (!Files.exists(file)) {
            // the number of words first, because a word may be empty
            String text = "#!/bin/sh\nprintf '%s\\0' $(($# + 1)) \"${0##*/}\" \"$@\" >>\"$WITNESS_LOG/$$\"\n"
                    + answer(program);
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static String answer(String program) throws IOException {
        if (REAL.contains(program)) {
            Optional<Path> real = Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .findFirst();
            return "exec " + real.orElseThrow() + " \"$@\"\n";
        }
        try (InputStream script = Witness.class.getResourceAsStream("/io/infrabridge/system/witness/" + program)) {
            return script == null ? "exit 0\n" : new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Every argument vector that was ever executed, as the program got it. */
    public Set<List<String>> executed() throws IOException {
        Set<List<String>> all = new HashSet<>();
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.toList()) {
                all.addAll(vectors(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
            }
        }
        return all;
    }

    private static List<List<String>> vectors(String text) {
        List<String> words = Arrays.asList(text.split("\0", -1));
        List<List<String>> all = new ArrayList<>();
        int at = 0;
        while (at < words.size() - 1) {
            int count = Integer.parseInt(words.get(at));
            all.add(List.copyOf(words.subList(at + 1, at + 1 + count)));
            at += 1 + count;
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
