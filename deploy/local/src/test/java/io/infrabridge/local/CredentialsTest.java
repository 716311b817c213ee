package io.infrabridge.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.policy.Policy;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustStore;
import io.infrabridge.trust.signature.TrustedKey;
import io.infrabridge.trust.signature.Verification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    @TempDir
    Path folder;

    private Layout layout;

    @BeforeEach
    void create() throws Exception {
        layout = new Layout(folder, folder.resolve("data"), folder.resolve("config"));
        Folders.createPrivate(layout.data());
        new Credentials(layout).createMissing(Policy.read(Path.of("../../config/policy.yaml")));
    }

    @Test
    void trustsEachWorkerForItsDomainAndTheGatewayForItsCallers() {
        TrustStore trust = TrustStore.read(layout.trust());
        TrustedKey nfs = verified(trust, Part.NFS);
        assertThat(nfs.kind()).isEqualTo(TrustedKey.Kind.WORKER);
        assertThat(nfs.domain()).contains("nfs");
        TrustedKey gateway = verified(trust, Part.GATEWAY);
        assertThat(gateway.kind()).isEqualTo(TrustedKey.Kind.ISSUER);
        assertThat(gateway.roles()).containsExactly("reader", "operator", "admin");
    }

    @Test
    void theAuditServiceIsBelievedButMayAskForNothing() throws Exception {
        TrustedKey audit = verified(TrustStore.read(layout.trust()), Part.AUDIT);
        assertThat(audit.tools()).isEmpty();
        assertThat(audit.roles()).isEmpty();
        assertThat(audit.callers()).isEmpty();
        assertThat(Files.readString(layout.checkpointKey()))
                .startsWith("-----BEGIN PUBLIC KEY-----")
                .contains(audit.publicKey());
    }

    @Test
    void configuresOnlyTheHashOfTheAdministratorsKey() throws Exception {
        String key = Files.readString(layout.adminKey()).strip();
        assertThat(key).startsWith("ib_").hasSizeGreaterThan(40);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        var keys = ConfigurationFile.read(layout.apiKeys(), Credentials.ApiKeys.class);
        assertThat(keys.keys().get(0).sha256()).isEqualTo(HexFormat.of().formatHex(hash));
        assertThat(Files.readString(layout.apiKeys())).doesNotContain(key);
    }

    @Test
    void letsNobodyElseReadThem() throws Exception {
        assertThat(permissions(layout.data())).isEqualTo("rwx------");
        assertThat(permissions(layout.adminKey())).isEqualTo("rw-------");
        assertThat(permissions(layout.signingKey(Part.GATEWAY))).isEqualTo("rw-------");
    }

    @Test
    void keepsWhatIsThere() throws Exception {
        String trust = Files.readString(layout.trust());
        String admin = Files.readString(layout.adminKey());
        new Credentials(layout).createMissing(Policy.read(Path.of("../../config/policy.yaml")));
        assertThat(Files.readString(layout.trust())).isEqualTo(trust);
        assertThat(Files.readString(layout.adminKey())).isEqualTo(admin);
    }

    private TrustedKey verified(TrustStore trust, Part service) {
        SigningKey key = SigningKey.read(service.title(), layout.signingKey(service));
        byte[] value = {1, 2, 3};
        Verification verification = trust.verify("topic", value, key.id(), key.sign("topic", value));
        assertThat(verification).isInstanceOf(Verification.Signed.class);
        return ((Verification.Signed) verification).key();
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
