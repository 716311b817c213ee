package io.infrabridge.testkit.net;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java program in a process of its own, with the classes of this one, that can be frozen and killed. */
public final class SeparateProcess implements AutoCloseable {
    private final Process process;

    private SeparateProcess(Process process) {
        this.process = process;
    }

    public static SeparateProcess start(String mainClass, Path log, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        argv.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(new File("/dev/null"))
                    .start();
            SeparateProcess started = new SeparateProcess(process);
            Runtime.getRuntime().addShutdownHook(new Thread(started::kill, "kill " + mainClass));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** As {@link Signals#freeze}. */
    public void freeze() {
        if (!alive()) {
            throw new AssertionError("it has ended with " + process.exitValue());
        }
        Signals.freeze(process.toHandle());
    }

    /** As {@link Signals#thaw}. */
    public void thaw() {
        Signals.thaw(process.toHandle());
    }

    /** As {@link Signals#kill}. */
    public void kill() {
        Signals.kill(process.toHandle());
    }

    @Override
    public void close() {
        kill();
    }
}
