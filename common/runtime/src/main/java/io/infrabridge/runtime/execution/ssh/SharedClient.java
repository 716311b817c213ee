package io.infrabridge.runtime.execution.ssh;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;

/** The one SSH client of the worker and the few threads beside it, whatever the number of hosts and commands. */
@Singleton
public final class SharedClient implements AutoCloseable {
    private static final int RESOLVERS = 32;

    private final SshClient client;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemon("ssh-timer"));
    private final ThreadPoolExecutor resolvers = new ThreadPoolExecutor(
            RESOLVERS, RESOLVERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemon("ssh-connect"));

    @Inject
    public SharedClient(SshSettings settings) {
        client = SshClient.setUpDefaultClient();
        // nothing of the account that the worker runs as: no ~/.ssh/config, no keys or passwords that the inventory
        // does not name
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setServerKeyVerifier((session, address, key) -> {
            HostKeyCheck check = check(session);
            return check != null && check.verifyServerKey(session, address, key);
        });
        client.addSessionListener(new KnownKeysFirst());
        // without it every command waits 40 ms for a delayed acknowledgement
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, settings.keepAlive());
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, settings.keepAliveMisses());
        CoreModuleProperties.HEARTBEAT_REQUEST.set(client, "keepalive@openssh.com");
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, settings.connectTimeout());
        CoreModuleProperties.AUTH_TIMEOUT.set(client, settings.loginTimeout());
        // the pool closes what is idle; a silent command is not
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        client.start();
        timer.setRemoveOnCancelPolicy(true);
        resolvers.allowCoreThreadTimeOut(true);
    }

    SshClient ssh() {
        return client;
    }

    /** For what may block a moment: name resolution and small files. */
    Executor blocking() {
        return resolvers;
    }

    ScheduledFuture<?> after(Duration delay, Runnable task) {
        return timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    @PreDestroy
    public void close() {
        timer.shutdownNow();
        resolvers.shutdownNow();
        client.stop();
    }

    private static HostKeyCheck check(ClientSession session) {
        var context = session.getConnectionContext();
        return context == null ? null : context.getAttribute(HostKeyCheck.OF_CONNECTION);
    }

    private static java.util.concurrent.ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** A server has keys of several kinds and shows the first one that the client asks for. */
    private static final class KnownKeysFirst implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            if (session instanceof ClientSession client) {
                HostKeyCheck check = check(client);
                if (check != null) {
                    session.setSignatureFactories(check.preferred(session.getSignatureFactories()));
                }
            }
        }
    }
}
