package io.infrabridge.trust.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.trust.ConfigurationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustStoreTest {
    private static final String TOPIC = "infra.commands.nfs";
    private static final byte[] VALUE = "{\"id\":\"1\"}".getBytes(UTF_8);

    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate("gateway");
    private final TrustStore store =
            new TrustStore(List.of(TrustedKey.issuer(key, "gateway", List.of("reader"))), Clock.systemUTC());

    @Test
    void believesWhatAListedKeyHasSigned() {
        assertThat(store.verify(TOPIC, VALUE, "gateway", key.sign(TOPIC, VALUE)))
                .isInstanceOfSatisfying(
                        Verification.Signed.class,
                        signed -> assertThat(signed.key().service()).isEqualTo("gateway"));
    }

    @Test
    void doesNotBelieveWhatIsNotSigned() {
        assertThat(why(store.verify(TOPIC, VALUE, null, key.sign(TOPIC, VALUE))))
                .isEqualTo("It is not signed.");
        assertThat(why(store.verify(TOPIC, VALUE, "gateway", null))).isEqualTo("It is not signed.");
    }

    @Test
    void doesNotBelieveAKeyThatIsNotListedAndDoesNotRepeatItsName() {
        assertThat(why(store.verify(TOPIC, VALUE, "<script>", key.sign(TOPIC, VALUE))))
                .contains("No key")
                .doesNotContain("script");
    }

    @Test
    void doesNotBelieveTheKeyOfAStrangerUnderAListedName() {
        String signature = SigningKey.generate("gateway").sign(TOPIC, VALUE);

        assertThat(why(store.verify(TOPIC, VALUE, "gateway", signature))).contains("did not sign");
    }

    @Test
    void doesNotBelieveASignatureThatWasMadeForAnotherTopic() {
        assertThat(why(store.verify("infra.commands.nas", VALUE, "gateway", key.sign(TOPIC, VALUE))))
                .contains("for this topic");
    }

    @Test
    void doesNotBelieveAnyOneByteChangedInValueTopicOrSignature() {
        String signature = key.sign(TOPIC, VALUE);
        for (int at = 0; at < VALUE.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                assertThat(store.verify(TOPIC, flipped(VALUE, at, bit), "gateway", signature))
                        .isInstanceOf(Verification.NotBelieved.class);
            }
        }
        byte[] topic = TOPIC.getBytes(UTF_8);
        for (int at = 0; at < topic.length; at++) {
            assertThat(store.verify(new String(flipped(topic, at, 0), UTF_8), VALUE, "gateway", signature))
                    .isInstanceOf(Verification.NotBelieved.class);
        }
        byte[] text = signature.getBytes(UTF_8);
        for (int at = 0; at < text.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                String other = new String(flipped(text, at, bit), UTF_8);
                assertThat(store.verify(TOPIC, VALUE, "gateway", other)).isInstanceOf(Verification.NotBelieved.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "===="})
    void doesNotBelieveWhatIsNoSignature(String signature) {
        assertThat(why(store.verify(TOPIC, VALUE, "gateway", signature))).contains("did not sign");
    }

    @Test
    void doesNotBelieveAnotherSpellingOfAGoodSignature() {
        String signature = key.sign(TOPIC, VALUE);

        assertThat(why(store.verify(TOPIC, VALUE, "gateway", signature.replace("=", ""))))
                .contains("did not sign");
        assertThat(why(store.verify(TOPIC, VALUE, "gateway", signature + "AAAA")))
                .contains("did not sign");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-31T23:59:59Z | valid only from 2026-02-01T00:00:00Z on",
                "2026-02-01T00:00:00Z |",
                "2026-02-28T23:59:59Z |",
                "2026-03-01T00:00:00Z | expired at 2026-03-01T00:00:00Z"
            })
    void believesAKeyFromItsNotBeforeUntilItsNotAfter(String now, String refusal) throws IOException {
        TrustStore limited = storeAt(now, """
                keys:
                  - {id: gateway, service: gateway, kind: issuer, public_key: KEY,
                     not_before: 2026-02-01T00:00:00Z, not_after: 2026-03-01T00:00:00Z}
                """);

        Verification verified = limited.verify(TOPIC, VALUE, "gateway", key.sign(TOPIC, VALUE));

        if (refusal == null) {
            assertThat(verified).isInstanceOf(Verification.Signed.class);
        } else {
            assertThat(why(verified)).contains(refusal);
        }
    }

    @Test
    void saysThatASignatureIsWrongAndNotThatItsKeyHasExpired() throws IOException {
        TrustStore limited = storeAt("2026-03-02T00:00:00Z", """
                keys:
                  - {id: gateway, service: gateway, kind: issuer, public_key: KEY, not_after: 2026-03-01T00:00:00Z}
                """);

        assertThat(why(limited.verify(TOPIC, VALUE, "gateway", key.sign("other", VALUE))))
                .contains("did not sign");
    }

    @Test
    void believesTwoKeysOfOneServiceAtOnceSoThatOneCanReplaceTheOther() {
        SigningKey next = SigningKey.generate("gateway-2027");
        TrustStore both = new TrustStore(
                List.of(TrustedKey.issuer(key, "gateway", List.of()), TrustedKey.issuer(next, "gateway", List.of())),
                Clock.systemUTC());

        assertThat(both.verify(TOPIC, VALUE, "gateway", key.sign(TOPIC, VALUE)))
                .isInstanceOf(Verification.Signed.class);
        assertThat(both.verify(TOPIC, VALUE, "gateway-2027", next.sign(TOPIC, VALUE)))
                .isInstanceOf(Verification.Signed.class);
        assertThat(both.verify(TOPIC, VALUE, "gateway-2027", key.sign(TOPIC, VALUE)))
                .isInstanceOf(Verification.NotBelieved.class);
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
    void readsTheTrustFileItWrites() throws IOException {
        Path file = folder.resolve("trust.yaml");
        ConfigurationFile.write(file, new TrustFile(List.of(TrustedKey.worker(key, "nfs-worker", "nfs"))));

        assertThat(TrustStore.read(file).verify(TOPIC, VALUE, "gateway", key.sign(TOPIC, VALUE)))
                .isInstanceOfSatisfying(
                        Verification.Signed.class,
                        signed -> assertThat(signed.key().kind()).isEqualTo(TrustedKey.Kind.WORKER));
    }

    @Test
    void refusesTwoKeysWithOneId() {
        TrustedKey listed = TrustedKey.issuer(key, "gateway", List.of());

        assertThatThrownBy(() -> new TrustStore(List.of(listed, listed), Clock.systemUTC()))
                .hasMessageContaining("two keys with the id gateway");
    }

    @Test
    void believesNobodyWhereNobodyIsListed() throws IOException {
        Path file = folder.resolve("trust.yaml");
        Files.writeString(file, "keys:\n");

        assertThat(why(TrustStore.read(file).verify(TOPIC, VALUE, "gateway", key.sign(TOPIC, VALUE))))
                .contains("No key");
    }

    private TrustStore storeAt(String now, String yaml) throws IOException {
        Path file = folder.resolve("trust.yaml");
        Files.writeString(file, yaml.replace("KEY", key.publicKey()));
        return new TrustStore(
                ConfigurationFile.read(file, TrustFile.class).keys(), Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    private static String why(Verification verification) {
        assertThat(verification).isInstanceOf(Verification.NotBelieved.class);
        return ((Verification.NotBelieved) verification).why();
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] other = bytes.clone();
        other[at] ^= (byte) (1 << bit);
        return other;
    }
}
