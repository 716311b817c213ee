package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.SecurityEvent.Kind;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.SecurityEvents.Sighting;
import io.infrabridge.runtime.execution.ssh.PooledSession.Use;
import io.infrabridge.trust.inventory.Host;
import io.infrabridge.trust.inventory.Inventory;
import io.opentelemetry.context.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.jboss.logging.Logger;

/** The sessions to all hosts, each opened through the session of its jump host where it has one. */
@Singleton
public final class SshSessions {
    private static final Logger LOG = Logger.getLogger(SshSessions.class);

    private static final Map<Category, Kind> REFUSALS = Map.of(
            Category.LOGIN_REFUSED, Kind.SSH_LOGIN_REFUSED,
            Category.HOST_KEY_MISMATCH, Kind.SSH_HOST_KEY_MISMATCH);

    private static final AttributeRepository.AttributeKey<Boolean> PROMPT = new AttributeRepository.AttributeKey<>();

    private final Inventory inventory;
    private final SshSettings settings;
    private final SharedClient shared;
    private final Witnesses witnesses;
    private final Map<String, SessionPool> pools = new ConcurrentHashMap<>();

    @Inject
    public SshSessions(Inventory inventory, SshSettings settings, SharedClient shared, Witnesses witnesses) {
        this.inventory = inventory;
        this.settings = settings;
        this.shared = shared;
        this.witnesses = witnesses;
    }

    CompletableFuture<Lease> forCommand(Host host) {
        return pool(host).take(Use.COMMAND);
    }

    /** A new session, whatever others are open; its taker closes it. */
    CompletableFuture<ClientSession> fresh(Host host) {
        return pool(host).fresh();
    }

    /** The name of a session that is open now. */
    Optional<String> current(Host host) {
        return pool(host).current();
    }

    /** A port on this machine's loopback that leads to the address as the host sees it. */
    CompletableFuture<Tunnel> tunnel(Host host, String address, int port) {
        Forward forward = new Forward(host, address, port, Context.current());
        return pool(host).take(Use.TUNNEL).thenApplyAsync(lease -> open(forward, lease), shared.blocking());
    }

    private SessionPool pool(Host host) {
        return pools.computeIfAbsent(host.name(), name -> {
            Breaker breaker = new Breaker(
                    settings.breaker(),
                    Clock.systemUTC(),
                    () -> ThreadLocalRandom.current().nextDouble());
            Door door = new Door(host, settings, breaker, witnesses.health());
            SessionPool.Way way = new SessionPool.Way(door, context -> open(context, host, door));
            return new SessionPool(host, settings, shared, way, witnesses.events());
        });
    }

    private CompletableFuture<ClientSession> open(Context context, Host host, Door door) {
        CompletableFuture<ClientSession> session;
        if (host.jump().isEmpty()) {
            InetSocketAddress address = InetSocketAddress.createUnresolved(host.address(), host.sshPort());
            session = door.enter(() -> login(context, host, address), () -> isOut(host));
        } else {
            session = openThrough(context, jumpOf(host), host, door);
        }
        session.whenComplete((opened, failure) -> {
            if (SshFailures.unwrapped(failure) instanceof ExecutionFailure refused) {
                LOG.infof("SSH to %s: %s", host.name(), refused.failure().category());
            }
        });
        return witnesses.trace().connect(context, host, session);
    }

    /** One more session may be refused by a host that answers well on those that it has. */
    private boolean isOut(Host host) {
        return current(host).isEmpty();
    }

    private CompletableFuture<ClientSession> openThrough(Context context, Host jump, Host host, Door door) {
        CompletableFuture<ClientSession> result = new CompletableFuture<>();
        CompletableFuture<Tunnel> way = context.wrapSupplier(() -> tunnel(jump, host.address(), host.sshPort()))
                .get();
        way.whenComplete((tunnel, failure) -> {
            if (failure != null) {
                result.completeExceptionally(SshFailures.onTheWay(host, jump, failure));
                return;
            }
            LOG.infof("SSH to %s goes through %s", host.name(), jump.name());
            witnesses.events().happened(Sighting.of(Kind.SSH_JUMP, host).on(tunnel.sessionId()), context);
            InetSocketAddress nearEnd = new InetSocketAddress(tunnel.address(), tunnel.port());
            door.enter(() -> login(context, host, nearEnd), () -> isOut(host) && tunnel.open())
                    .whenComplete((session, refused) -> {
                        if (refused == null) {
                            session.addCloseFutureListener(closed -> tunnel.close());
                            result.complete(session);
                        } else {
                            tunnel.close();
                            result.completeExceptionally(refused);
                        }
                    });
        });
        return result;
    }

    private CompletableFuture<ClientSession> login(Context context, Host host, InetSocketAddress address) {
        CompletableFuture<ClientSession> told = new CompletableFuture<>();
        new Login(shared, settings, host, address).start().whenComplete((session, failure) -> {
            // first on record, then known to those who wait
            if (SshFailures.unwrapped(failure) instanceof ExecutionFailure refused) {
                Failure said = refused.failure();
                Optional.ofNullable(REFUSALS.get(said.category()))
                        .ifPresent(kind -> witnesses
                                .events()
                                .happened(Sighting.of(kind, host).saying(said.message()), context));
            }
            if (failure == null) {
                told.complete(session);
            } else {
                told.completeExceptionally(failure);
            }
        });
        return told;
    }

    private Host jumpOf(Host host) {
        String name = host.jump().orElseThrow();
        return inventory.host(name).orElseThrow(() -> new IllegalStateException("the inventory has no " + name));
    }

    private Tunnel open(Forward forward, Lease lease) {
        String leads = "leads to " + forward.address() + ":" + forward.port();
        try {
            ExplicitPortForwardingTracker tracker = lease.session()
                    .createLocalPortForwardingTracker(
                            new SshdSocketAddress("127.0.0.1", 0),
                            new SshdSocketAddress(forward.address(), forward.port()));
            LOG.infof("Tunnel through %s to %s:%d is open", lease.sessionId(), forward.address(), forward.port());
            makePrompt(lease.session());
            tell(Kind.SSH_TUNNEL_OPENED, forward, lease, leads);
            return new Tunnel(tracker, lease, () -> tell(Kind.SSH_TUNNEL_CLOSED, forward, lease, leads));
        } catch (IOException | RuntimeException e) {
            lease.giveBack();
            LOG.infof(
                    "Tunnel through %s to %s:%d: %s",
                    lease.sessionId(), forward.address(), forward.port(), e.getMessage());
            tell(Kind.SSH_TUNNEL_REFUSED, forward, lease, leads + ": " + e.getMessage());
            throw SshFailures.lost(forward.host(), "a tunnel through it was opened", true);
        }
    }

    private void tell(Kind kind, Forward forward, Lease lease, String detail) {
        witnesses
                .events()
                .happened(
                        Sighting.of(kind, forward.host()).on(lease.sessionId()).saying(detail), forward.context());
    }

    /** A tunnel that is wanted: through a host to an address as that host sees it. */
    private record Forward(Host host, String address, int port, Context context) {}

    /**
     * OpenSSH's server sets TCP_NODELAY only when a connection runs its first program. One that only carries tunnels would
     * hold back every second small packet, 40 ms a command; so it runs one, and what comes of it does not matter.
     */
    private static void makePrompt(ClientSession session) {
        if (session.setAttribute(PROMPT, true) != null) {
            return;
        }
        try {
            new RemoteCommand(session, "exec id -u", 1024).start();
        } catch (IOException | RuntimeException e) {
            LOG.debugf("The jump host runs nothing, so its tunnels are slower: %s", e.getMessage());
        }
    }
}
