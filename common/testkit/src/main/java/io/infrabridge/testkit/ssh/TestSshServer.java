package io.infrabridge.testkit.ssh;

import io.infrabridge.local.Folders;
import io.infrabridge.testkit.net.UnreliablePort;
import io.infrabridge.trust.inventory.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.DirectTcpipFactory;

/** An SSH server on a free loopback port that runs commands on this machine, and misbehaves when asked to. */
public final class TestSshServer implements AutoCloseable {
    private static final String USER = "tester";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final CountedSessions sessions = new CountedSessions();
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger forwards = new AtomicInteger();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final KeyPair clientKey = SshFiles.newKey();
    private final Path folder;
    private volatile KeyPair hostKey = SshFiles.newKey();
    private volatile boolean refusing;
    private volatile boolean frozen;

    private TestSshServer(Programs programs) throws IOException {
        folder = Files.createTempDirectory("test-sshd");
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(session -> List.of(hostKey));
        server.setPublickeyAuthenticator((user, key, session) ->
                !refusing && user.equals(USER) && KeyUtils.compareKeys(key, clientKey.getPublic()));
        server.setCommandFactory((channel, line) -> {
            lines.add(line);
            return programs.start(line, this);
        });
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.setChannelFactories(List.of(sessions, DirectTcpipFactory.INSTANCE));
        server.addSessionListener(new Connections());
        server.addChannelListener(new Forwards());
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        server.start();
        SshFiles.writePrivateKey(key(), clientKey);
        SshFiles.writeKnownHosts(knownHosts(), place(), hostKey.getPublic());
    }

    public static TestSshServer start() {
        return start(Map.of());
    }

    /** Commands see these variables beside those of this process, for example another {@code PATH}. */
    public static TestSshServer start(Map<String, String> variables) {
        return answering((line, server) -> new ShellCommand(line, variables, server.processes, () -> server.frozen));
    }

    /** Runs nothing on this machine: whatever is asked for, these answer. */
    public static TestSshServer answering(Function<String, Command> programs) {
        return answering((line, server) -> programs.apply(line));
    }

    private static TestSshServer answering(Programs programs) {
        try {
            return new TestSshServer(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the inventory would list it. */
    public Host host(String name) {
        return host(name, Optional.empty(), port());
    }

    /** As the inventory would list it when it is behind another host. */
    public Host host(String name, String jump) {
        return host(name, Optional.of(jump), port());
    }

    /** As the inventory would list it where only that port leads to it. */
    public Host behind(UnreliablePort way, String name) {
        try {
            String line = "[127.0.0.1]:" + way.port() + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n";
            Files.writeString(knownHosts(), line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return host(name, Optional.empty(), way.port());
    }

    public int port() {
        return server.getPort();
    }

    public Path key() {
        return folder.resolve("id_ed25519");
    }

    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    public KeyPair hostKey() {
        return hostKey;
    }

    /** The name under which known_hosts has it. */
    public String place() {
        return "[127.0.0.1]:" + port();
    }

    /** Every command line that was ever asked for, as it came. */
    public List<String> commandLines() {
        return List.copyOf(lines);
    }

    /** How many connections were ever made. */
    public int connections() {
        return connections.get();
    }

    public int openConnections() {
        return server.getActiveSessions().size();
    }

    /** How many commands' channels were ever opened. */
    public int channels() {
        return sessions.total();
    }

    /** How many connections to other places were ever made through it. */
    public int forwards() {
        return forwards.get();
    }

    public void maxSessions(int most) {
        sessions.maxSessions(most);
    }

    public void refuseLogins(boolean refuse) {
        refusing = refuse;
    }

    /** The next connection sees another key than known_hosts has. */
    public void swapHostKey() {
        hostKey = SshFiles.newKey();
    }

    public void dropConnections() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    /** Takes connections and bytes, and answers nothing from now on. */
    public void freeze() {
        // what is being read already still gets through; ShellCommand ignores it
        frozen = true;
        server.getActiveSessions().forEach(session -> session.getIoSession().suspendRead());
    }

    /** Nobody listens any more; its files stay. */
    public void stop() throws IOException {
        server.stop(true);
    }

    @Override
    public void close() throws IOException {
        processes.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        stop();
        Folders.delete(folder);
    }

    private Host host(String name, Optional<String> jump, int port) {
        return new Host(
                name,
                List.of("127.0.0.1"),
                Optional.of(port),
                USER,
                key(),
                knownHosts(),
                jump,
                Optional.empty(),
                Map.of());
    }

    /** What a command line starts. */
    private interface Programs {
        Command start(String line, TestSshServer server);
    }

    private final class Connections implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            connections.incrementAndGet();
            if (frozen) {
                ((AbstractSession) session).getIoSession().suspendRead();
            }
        }
    }

    private final class Forwards implements ChannelListener {
        @Override
        public void channelOpenSuccess(Channel channel) {
            if (!(channel instanceof org.apache.sshd.server.channel.ChannelSession)) {
                forwards.incrementAndGet();
            }
        }
    }
}
