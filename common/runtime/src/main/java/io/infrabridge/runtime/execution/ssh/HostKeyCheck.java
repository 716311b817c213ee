package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.trust.inventory.Host;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.jboss.logging.Logger;

/** Compares one server's key with the host's known_hosts file; what is not in there is refused. */
final class HostKeyCheck extends KnownHostsServerKeyVerifier {
    static final AttributeRepository.AttributeKey<HostKeyCheck> OF_CONNECTION =
            new AttributeRepository.AttributeKey<>();

    private static final Logger LOG = Logger.getLogger(HostKeyCheck.class);

    private final Host host;
    private final AtomicReference<ExecutionFailure> refusal = new AtomicReference<>();

    HostKeyCheck(Host host) {
        super(RejectAllServerKeyVerifier.INSTANCE, host.knownHosts());
        this.host = host;
    }

    Optional<ExecutionFailure> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        boolean known = super.verifyServerKey(session, address, key);
        if (!known) {
            refusal.set(refuse(key));
        }
        return known;
    }

    /** Always the address in the inventory: what is connected to may be the near end of a tunnel. */
    @Override
    protected Collection<SshdSocketAddress> resolveHostNetworkIdentities(ClientSession session, SocketAddress address) {
        return List.of(new SshdSocketAddress(host.address(), host.sshPort()));
    }

    @Override
    public boolean acceptModifiedServerKey(
            ClientSession session, SocketAddress address, KnownHostEntry entry, PublicKey expected, PublicKey actual) {
        return false;
    }

    /** Asks the server first for a key of a kind that is known, as it shows one kind only. */
    List<NamedFactory<Signature>> preferred(List<NamedFactory<Signature>> all) {
        List<KnownHostEntry> entries = entries();
        boolean authority = entries.stream().anyMatch(entry -> "cert-authority".equals(entry.getMarker()));
        Set<String> kinds = entries.stream()
                .filter(entry -> entry.getMarker() == null || entry.getMarker().isEmpty())
                .map(entry -> entry.getKeyEntry().getKeyType())
                .collect(Collectors.toSet());
        return all.stream()
                .sorted(Comparator.comparingInt(signature -> rank(signature.getName(), kinds, authority)))
                .toList();
    }

    private static int rank(String signature, Set<String> kinds, boolean authority) {
        if (signature.contains("-cert-")) {
            return authority ? 0 : 3;
        }
        return kinds.contains(KeyUtils.getCanonicalKeyType(signature)) ? 1 : 2;
    }

    private List<KnownHostEntry> entries() {
        try {
            return KnownHostEntry.readKnownHostEntries(host.knownHosts()).stream()
                    .filter(entry -> entry.isHostMatch(host.address(), host.sshPort()))
                    .toList();
        } catch (IOException | RuntimeException e) {
            // the check itself then refuses every key, and says so
            LOG.warnf("%s cannot be read: %s", host.knownHosts(), e.getMessage());
            return List.of();
        }
    }

    private ExecutionFailure refuse(PublicKey key) {
        String why = entries().isEmpty()
                ? Files.isReadable(host.knownHosts())
                        ? "and " + host.knownHosts() + " has no key for it"
                        : "and " + host.knownHosts() + " cannot be read"
                : "which is not the one in " + host.knownHosts();
        return ExecutionFailure.before(
                Category.HOST_KEY_MISMATCH,
                "The host " + host.name() + " (" + host.address() + ":" + host.sshPort() + ") showed the key "
                        + KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(BuiltinDigests.sha256, key) + ", "
                        + why + ".",
                "Somebody may be listening in. If the host was set up anew, ask its administrator for the fingerprint"
                        + " and correct the file.");
    }
}
