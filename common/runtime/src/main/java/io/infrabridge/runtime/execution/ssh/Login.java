package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.trust.inventory.Host;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** One attempt to open a session: connection, host key, login; each with its time. */
final class Login {
    private final SharedClient shared;
    private final SshSettings settings;
    private final Host host;
    private final InetSocketAddress address;
    private final HostKeyCheck check;
    private final CompletableFuture<ClientSession> result = new CompletableFuture<>();

    /** The address is the host's own or the near end of a tunnel to it. */
    Login(SharedClient shared, SshSettings settings, Host host, InetSocketAddress address) {
        this.shared = shared;
        this.settings = settings;
        this.host = host;
        this.address = address;
        this.check = new HostKeyCheck(host);
    }

    CompletableFuture<ClientSession> start() {
        shared.blocking().execute(() -> {
            try {
                connect(LoginKey.read(host));
            } catch (ExecutionFailure e) {
                result.completeExceptionally(e);
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(SshFailures.unreachable(host, e));
            }
        });
        return result;
    }

    private void connect(KeyPair key) throws IOException {
        HostConfigEntry entry = new HostConfigEntry("", address.getHostString(), address.getPort(), host.user(), null);
        entry.setIdentitiesOnly(true);
        ConnectFuture connecting = shared.ssh()
                .connect(entry, AttributeRepository.ofKeyValuePair(HostKeyCheck.OF_CONNECTION, check), null);
        ScheduledFuture<?> tooLate = failAfter(settings.connectTimeout(), "no answer within ", connecting::cancel);
        connecting.addListener(connected -> {
            tooLate.cancel(false);
            if (connected.isConnected()) {
                logIn(connected.getSession(), key);
            } else if (connected.getException() != null) {
                result.completeExceptionally(SshFailures.unreachable(host, connected.getException()));
            }
        });
    }

    private void logIn(ClientSession session, KeyPair key) {
        session.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(key));
        ScheduledFuture<?> tooLate =
                failAfter(settings.loginTimeout(), "connected, but no login within ", () -> session.close(true));
        try {
            session.auth().addListener(answer -> {
                tooLate.cancel(false);
                if (answer.isSuccess() && result.complete(session)) {
                    return;
                }
                result.completeExceptionally(refusal(answer));
                session.close(true);
            });
        } catch (IOException | RuntimeException e) {
            tooLate.cancel(false);
            result.completeExceptionally(SshFailures.unreachable(host, e));
            session.close(true);
        }
    }

    private ScheduledFuture<?> failAfter(Duration time, String what, Runnable giveUp) {
        return shared.after(time, () -> {
            // first the reason, because giving up makes another
            result.completeExceptionally(SshFailures.unreachable(host, what + time.toSeconds() + " s"));
            giveUp.run();
        });
    }

    private ExecutionFailure refusal(AuthFuture answer) {
        if (check.refusal().isPresent()) {
            return check.refusal().get();
        }
        Throwable cause = answer.getException();
        if (cause == null) {
            return SshFailures.loginRefused(host, "its key was not accepted");
        }
        int code = cause instanceof SshException ssh ? ssh.getDisconnectCode() : 0;
        boolean refused = code == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                || String.valueOf(cause.getMessage()).contains("Too many authentication failures");
        return refused
                ? SshFailures.loginRefused(host, "no way to log in is left")
                : SshFailures.unreachable(host, "it ended the connection before login: " + cause.getMessage());
    }
}
