package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.PrivateFile;
import io.infrabridge.trust.inventory.Host;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The private key that a host is logged in to with. */
final class LoginKey {
    private LoginKey() {}

    /** Read anew for every login, so that a key can be replaced while the worker runs. */
    static KeyPair read(Host host) {
        try {
            byte[] text = PrivateFile.read(host.key()).getBytes(StandardCharsets.UTF_8);
            Iterable<KeyPair> keys = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("login key"),
                    new ByteArrayInputStream(text),
                    FilePasswordProvider.EMPTY);
            if (keys != null && keys.iterator().hasNext()) {
                return keys.iterator().next();
            }
            throw SshFailures.unusableKey(host, "there is no key in it");
        } catch (InvalidConfiguration | IOException | GeneralSecurityException e) {
            throw SshFailures.unusableKey(host, String.valueOf(e.getMessage()));
        }
    }
}
