package io.infrabridge.testkit;

import io.infrabridge.contract.Topics;
import io.infrabridge.local.EmbeddedBroker;
import io.infrabridge.local.TopicSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** The one real broker of this JVM, started at first use on a free port, with every topic of the contract. */
public final class TestBroker {
    private final EmbeddedBroker broker;

    private TestBroker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    public static TestBroker shared() {
        return Shared.BROKER;
    }

    public static String bootstrapServers() {
        return shared().broker.bootstrapServers();
    }

    /** For a test that needs topics of its own, so that it does not read what others have written. */
    public void create(Collection<Topics.Topic> topics) {
        try {
            TopicSetup.createMissing(broker.bootstrapServers(), topics);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were created", e);
        }
    }

    private static TestBroker start() {
        try {
            Path data = Files.createTempDirectory("infrabridge-broker");
            EmbeddedBroker broker = EmbeddedBroker.start(data, "127.0.0.1", 0);
            AtExit.close(broker, data);
            TestBroker started = new TestBroker(broker);
            started.create(Topics.all(Topics.SHIPPED_DOMAINS));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final TestBroker BROKER = start();
    }
}
