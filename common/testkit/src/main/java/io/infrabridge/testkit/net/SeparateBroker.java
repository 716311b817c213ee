package io.infrabridge.testkit.net;

import io.infrabridge.contract.Topics;
import io.infrabridge.local.Folders;
import io.infrabridge.local.TopicSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** A real broker in a process of its own, on one port and with its data for as long as the test wants it. */
public final class SeparateBroker implements AutoCloseable {
    private final Path folder;
    private final int port;
    private SeparateProcess process;

    private SeparateBroker(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.process = launch();
    }

    /** Returns when it answers and has these topics. */
    public static SeparateBroker start(Collection<Topics.Topic> topics) {
        try {
            SeparateBroker broker = new SeparateBroker(Files.createTempDirectory("infrabridge-broker"), freePort());
            broker.create(topics);
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public void create(Collection<Topics.Topic> topics) {
        try {
            TopicSetup.createMissing(bootstrapServers(), topics);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void freeze() {
        process.freeze();
    }

    public void thaw() {
        process.thaw();
    }

    public void kill() {
        process.kill();
    }

    /** After a kill. */
    public void startAgain() {
        process = launch();
    }

    @Override
    public void close() {
        process.close();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private SeparateProcess launch() {
        return SeparateProcess.start(
                "io.infrabridge.local.BrokerMain",
                folder.resolve("broker.log"),
                folder.resolve("data").toString(),
                "127.0.0.1",
                Integer.toString(port));
    }
}
