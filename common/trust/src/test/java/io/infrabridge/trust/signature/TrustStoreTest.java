package io.infrabridge.trust.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {
    private static final String TOPIC = "infra.commands.nfs";
    private static final byte[] VALUE = "{\"id\":\"1\"}".getBytes(UTF_8);

    private final SigningKey key = SigningKey.generate("gateway");
    private final TrustStore store = new TrustStore(List.of(TrustedKey.issuer(key, "gateway", List.of("reader"))));

    @Test
    void believesWhatAListedKeyHasSigned() {
        Optional<TrustedKey> signer = store.verify(TOPIC, VALUE, "gateway", key.sign(TOPIC, VALUE));

        assertThat(signer).map(TrustedKey::service).contains("gateway");
    }

    @Test
    void doesNotBelieveAlteredBytesAnotherTopicAnotherKeyOrNothing() {
        String signature = key.sign(TOPIC, VALUE);

        assertThat(store.verify(TOPIC, "{\"id\":\"2\"}".getBytes(UTF_8), "gateway", signature))
                .isEmpty();
        assertThat(store.verify("infra.commands.nas", VALUE, "gateway", signature))
                .isEmpty();
        assertThat(store.verify(TOPIC, VALUE, "other", signature)).isEmpty();
        assertThat(store.verify(TOPIC, VALUE, null, signature)).isEmpty();
        assertThat(store.verify(TOPIC, VALUE, "gateway", null)).isEmpty();
        assertThat(store.verify(TOPIC, VALUE, "gateway", "!")).isEmpty();
        assertThat(store.verify(TOPIC, VALUE, "gateway", "AAAA")).isEmpty();
        assertThat(store.verify(
                        TOPIC, VALUE, "gateway", SigningKey.generate("gateway").sign(TOPIC, VALUE)))
                .isEmpty();
    }

    @Test
    void signsAsTheDocumentSaysSoThatAnotherImplementationVerifiesIt() throws Exception {
        PublicKey publicKey = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey())));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(publicKey);
        verifier.update(("infra-command-v1\0" + TOPIC + "\0").getBytes(UTF_8));
        verifier.update(VALUE);

        assertThat(verifier.verify(Base64.getDecoder().decode(key.sign(TOPIC, VALUE))))
                .isTrue();
    }

    @Test
    void keepsAKeyInAFileThatOnlyItsOwnerCanRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("gateway.key");
        key.write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.read("gateway", file).publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    void refusesAKeyFileThatOthersCanRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("gateway.key");
        key.write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> SigningKey.read("gateway", file))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void readsTheTrustFileItWrites(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trust.yaml");
        ConfigurationFile.write(file, new TrustFile(List.of(TrustedKey.worker(key, "nfs-worker", "nfs"))));

        assertThat(TrustStore.read(file).verify(TOPIC, VALUE, "gateway", key.sign(TOPIC, VALUE)))
                .map(TrustedKey::kind)
                .contains(TrustedKey.Kind.WORKER);
    }

    @Test
    void refusesTwoKeysWithOneIdAndAWorkerWithoutDomain() {
        TrustedKey listed = TrustedKey.issuer(key, "gateway", List.of());

        assertThatThrownBy(() -> new TrustStore(List.of(listed, listed))).hasMessageContaining("two keys");
        assertThatThrownBy(() -> new TrustedKey(
                        "k",
                        "s",
                        TrustedKey.Kind.WORKER,
                        key.publicKey(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of()))
                .hasMessageContaining("domain");
    }

    @Test
    void limitsAnIssuerToItsToolsAndCallers() {
        TrustedKey console = new TrustedKey(
                "console",
                "console",
                TrustedKey.Kind.ISSUER,
                key.publicKey(),
                Optional.empty(),
                List.of("server_manage"),
                List.of("reader"),
                List.of("ops:*"));

        assertThat(console.mayAskFor("server_manage")).isTrue();
        assertThat(console.mayAskFor("server_manage2")).isFalse();
        assertThat(console.maySpeakFor("ops:anna")).isTrue();
        assertThat(console.maySpeakFor("key:admin")).isFalse();
    }
}
