package io.infrabridge.local;

import java.nio.file.Path;

/** The broker in its own process, so that a stopped or overloaded launcher never takes the bus with it. */
final class BrokerMain {
    private BrokerMain() {}

    /** Arguments: data folder, host, port. */
    public static void main(String[] args) {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), args[1], Integer.parseInt(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
        broker.awaitShutdown();
    }
}
