package io.infrabridge.system.chaos;

import io.infrabridge.testkit.ssh.TestSshServer;
import io.infrabridge.trust.inventory.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A host that exists in this process alone, so that nothing that is killed takes it along: a real SSH server, and programs that
 * take their time. What was started goes on when its connection is cut, as on any host.
 */
final class SimulatedHost implements AutoCloseable {
    private final String name;
    private final HostState state = new HostState();
    private final HostPrograms programs;
    private final Random random;
    private final TestSshServer server;

    private SimulatedHost(String name, boolean rootAccount, long seed, ScheduledExecutorService time) {
        this.name = name;
        this.programs = new HostPrograms(state, rootAccount);
        this.random = new Random(seed);
        this.server = TestSshServer.answering(
                line -> new SimulatedCommand(CommandLine.parse(line), programs, this::pause, time));
    }

    /** @param rootAccount whether the worker's account is root there; otherwise it uses sudo */
    static SimulatedHost start(String name, boolean rootAccount, long seed, ScheduledExecutorService time) {
        return new SimulatedHost(name, rootAccount, seed, time);
    }

    String name() {
        return name;
    }

    HostState state() {
        return state;
    }

    Set<String> unknownPrograms() {
        return programs.unknown();
    }

    /** Its entry in {@code inventory.yaml}. */
    String inventoryEntry() {
        Host host = server.host(name);
        return """
                - name: %s
                  addresses: [%s]
                  port: %d
                  user: %s
                  key: %s
                  known_hosts: %s
                """.formatted(name, host.address(), server.port(), host.user(), host.key(), host.knownHosts())
                .indent(2);
    }

    /** Ends every connection to it; what runs there goes on. */
    void cutConnections() {
        server.dropConnections();
    }

    /** How long a program takes before and again after its effect: mostly a moment, sometimes seconds. */
    private synchronized Duration pause(boolean changing) {
        if (!changing) {
            return Duration.ofMillis(random.nextInt(10));
        }
        return random.nextInt(12) == 0
                ? Duration.ofMillis(1000 + random.nextInt(3000))
                : Duration.ofMillis(20 + random.nextInt(250));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
