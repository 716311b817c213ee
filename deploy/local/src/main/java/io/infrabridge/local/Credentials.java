package io.infrabridge.local;

import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.PrivateFile;
import io.infrabridge.trust.policy.Policy;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustFile;
import io.infrabridge.trust.signature.TrustedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The keys that a first start makes; files that are there are kept, so that they can be edited and backed up. */
final class Credentials {
    private final Layout layout;

    Credentials(Layout layout) {
        this.layout = layout;
    }

    void createMissing(Policy policy) throws IOException {
        Folders.createPrivate(layout.signingKeys());
        List<TrustedKey> trusted = new ArrayList<>();
        for (Part service : Part.SERVICES) {
            SigningKey key = signingKey(service);
            if (service == Part.GATEWAY) {
                List<String> roles = policy.roles();
                trusted.add(TrustedKey.issuer(key, service.title(), roles));
            }
            if (service == Part.AUDIT) {
                trusted.add(TrustedKey.witness(key, service.title()));
                createCheckpointKey(key);
            }
            service.domain().ifPresent(domain -> trusted.add(TrustedKey.worker(key, service.title(), domain)));
        }
        if (!Files.exists(layout.trust())) {
            ConfigurationFile.write(layout.trust(), new TrustFile(trusted));
        }
        createAdministrator();
    }

    private SigningKey signingKey(Part service) throws IOException {
        if (Files.exists(layout.signingKey(service))) {
            return SigningKey.read(service.title(), layout.signingKey(service));
        }
        SigningKey key = SigningKey.generate(service.title());
        key.write(layout.signingKey(service));
        return key;
    }

    /** For whoever verifies an export; after a change of the key it is made anew when it was removed. */
    private void createCheckpointKey(SigningKey key) throws IOException {
        if (!Files.exists(layout.checkpointKey())) {
            Files.writeString(
                    layout.checkpointKey(),
                    "-----BEGIN PUBLIC KEY-----\n" + key.publicKey() + "\n-----END PUBLIC KEY-----\n");
        }
    }

    /** Only the key's hash is configuration; the key itself is for the administrator alone. */
    private void createAdministrator() throws IOException {
        if (!Files.exists(layout.adminKey())) {
            PrivateFile.write(layout.adminKey(), newKey() + "\n");
        }
        if (!Files.exists(layout.apiKeys())) {
            String hash = sha256(PrivateFile.read(layout.adminKey()).strip());
            PrivateFile.write(
                    layout.apiKeys(),
                    ConfigurationFile.text(new ApiKeys(List.of(new ApiKey("admin", hash, List.of("admin"))))));
        }
    }

    private static String newKey() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return "ib_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    record ApiKeys(List<ApiKey> keys) {}

    record ApiKey(String name, String sha256, List<String> roles) {}
}
