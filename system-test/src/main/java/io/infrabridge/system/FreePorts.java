package io.infrabridge.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/** Finds an offset by which all ports of {@code ./run} are free, below the range from which the kernel gives ports away. */
final class FreePorts {
    static final int GATEWAY = 8080;
    static final int AUDIT = 8081;
    static final int SERVER = 8085;
    /** The last of the workers' second processes. */
    static final int LAST_SECOND = 8095;

    static final int KAFKA = 9092;
    static final int DATABASE = 5433;

    private static final int HIGHEST = 32_000;

    private FreePorts() {}

    static int offset() {
        return new Random()
                .ints(1000, HIGHEST - KAFKA)
                .limit(100)
                .filter(offset -> IntStream.concat(
                                IntStream.rangeClosed(GATEWAY, LAST_SECOND), IntStream.of(KAFKA, DATABASE))
                        .allMatch(port -> free(port + offset)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free ports"));
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
