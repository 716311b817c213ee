package io.infrabridge.trust.signature;

import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The Ed25519 key by which a service signs, kept as PEM PKCS#8 so that openssl and other languages read it too.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8410">RFC 8410</a>
 */
public final class SigningKey {
    private static final byte[] PKCS8 = {0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20};
    private static final byte[] SPKI = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0};
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final String id;
    private final byte[] seed;
    private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

    private SigningKey(String id, byte[] seed) {
        this.id = id;
        this.seed = seed;
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    }

    public static SigningKey generate(String id) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        new SecureRandom().nextBytes(seed);
        return new SigningKey(id, seed);
    }

    /** Reads a key that only its owner can read; the id is the one under which {@code trust.yaml} lists it. */
    public static SigningKey read(String id, Path file) {
        String pem = PrivateFile.read(file).strip();
        if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
            throw new InvalidConfiguration(file + " is not a PEM private key");
        }
        String body = pem.substring(BEGIN.length(), pem.length() - END.length());
        return new SigningKey(id, unwrap(decode(body, file.toString()), PKCS8, file.toString()));
    }

    public void write(Path file) throws IOException {
        PrivateFile.write(
                file, BEGIN + "\n" + Base64.getEncoder().encodeToString(wrap(PKCS8, seed)) + "\n" + END + "\n");
    }

    public String id() {
        return id;
    }

    /** The public key as {@code trust.yaml} wants it: base64 of its SubjectPublicKeyInfo. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(wrap(SPKI, publicKey));
    }

    /** Signs the exact bytes of a record's value for one topic; base64. */
    public String sign(String topic, byte[] value) {
        byte[] message = SignedBytes.of(topic, value);
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, null, message, 0, message.length, signature, 0);
        return Base64.getEncoder().encodeToString(signature);
    }

    static byte[] rawPublicKey(String base64, String owner) {
        return unwrap(decode(base64, owner), SPKI, owner);
    }

    private static byte[] decode(String base64, String where) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(where + " is not base64", e);
        }
    }

    private static byte[] wrap(byte[] prefix, byte[] key) {
        byte[] wrapped = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, wrapped, prefix.length, key.length);
        return wrapped;
    }

    private static byte[] unwrap(byte[] der, byte[] prefix, String where) {
        if (der.length != prefix.length + 32 || Arrays.mismatch(der, prefix) != prefix.length) {
            throw new InvalidConfiguration(where + " is not an Ed25519 key");
        }
        return Arrays.copyOfRange(der, prefix.length, der.length);
    }
}
