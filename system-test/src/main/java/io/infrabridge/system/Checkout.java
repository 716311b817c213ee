package io.infrabridge.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** This repository, built. */
public final class Checkout {
    private static final List<String> SERVICES =
            List.of("gateway", "audit-service", "nfs-worker", "nas-worker", "cluster-worker", "server-worker");

    private Checkout() {}

    public static Path root() {
        return Path.of(System.getProperty("infrabridge.root", "."))
                .toAbsolutePath()
                .normalize();
    }

    /**
     * Lets {@code ./run} start what Maven has built: its mark gets the time of the oldest thing that was built, so that it
     * still builds again when a source is newer than that.
     */
    static void requireBuilt() throws IOException {
        List<Path> built = new ArrayList<>();
        built.add(root().resolve("deploy/local/target/infrabridge-local.jar"));
        SERVICES.forEach(service -> built.add(root().resolve(service).resolve("target/quarkus-app/quarkus-run.jar")));
        FileTime oldest = FileTime.fromMillis(Long.MAX_VALUE);
        for (Path file : built) {
            if (!Files.isRegularFile(file)) {
                throw new IllegalStateException(file + " is missing: build everything first, ./mvnw verify does");
            }
            FileTime time = Files.getLastModifiedTime(file);
            oldest = time.compareTo(oldest) < 0 ? time : oldest;
        }
        Path mark = root().resolve("target/run.built");
        Files.createDirectories(mark.getParent());
        if (!Files.exists(mark) || Files.getLastModifiedTime(mark).compareTo(oldest) < 0) {
            Files.writeString(mark, "");
            Files.setLastModifiedTime(mark, oldest);
        }
    }
}
