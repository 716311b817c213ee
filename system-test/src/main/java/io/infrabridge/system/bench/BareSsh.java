package io.infrabridge.system.bench;

import io.infrabridge.trust.inventory.Host;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** One kept SSH session that runs the same commands, a channel each, with MINA and nothing else. */
final class BareSsh implements Load.Connection {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SshClient client;
    private final ClientSession session;
    private final List<String> commands;

    BareSsh(Host host, List<String> commands) throws IOException {
        this.commands = List.copyOf(commands);
        this.client = SshClient.setUpDefaultClient();
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        client.setServerKeyVerifier(
                new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, host.knownHosts()));
        client.setKeyIdentityProvider(new FileKeyPairProvider(host.key()));
        client.start();
        this.session = client.connect(host.user(), host.address(), host.sshPort())
                .verify(LIMIT)
                .getSession();
        session.auth().verify(LIMIT);
    }

    @Override
    public void roundTrip() throws IOException {
        for (String command : commands) {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            try (ChannelExec channel = session.createExecChannel(command)) {
                channel.setOut(output);
                channel.setErr(output);
                channel.open().verify(LIMIT);
                channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LIMIT);
                if (channel.getExitStatus() == null) {
                    throw new IOException("no exit status of " + command);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        session.close();
        client.stop();
    }
}
