package io.infrabridge.verifier;

import io.infrabridge.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public keys whose checkpoints are believed: that of the audit service, and those that it had before. */
public final class CheckpointKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final byte[] CONTEXT =
            ("infra-command-v1\0" + Topics.AUDIT_CHECKPOINTS + "\0").getBytes(StandardCharsets.UTF_8);

    private final List<PublicKey> keys = new ArrayList<>();

    /** Reads PEM, one block or several; {@link IllegalArgumentException} says what is not a key. */
    public static CheckpointKeys pem(String text) {
        CheckpointKeys keys = new CheckpointKeys();
        Matcher blocks = PEM.matcher(text);
        while (blocks.find()) {
            keys.add(blocks.group(1));
        }
        if (keys.keys.isEmpty()) {
            throw new IllegalArgumentException("there is no PEM public key in it");
        }
        return keys;
    }

    /** A public key as a PEM file has it, from the base64 of its SubjectPublicKeyInfo. */
    public static String toPem(String base64) {
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    /** Whether one of these keys made the signature, over the same bytes as any message of this system on that topic. */
    public boolean made(SignedCheckpoint checkpoint) {
        return keys.stream().anyMatch(key -> made(key, checkpoint));
    }

    private void add(String base64) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            keys.add(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not an Ed25519 public key", e);
        }
    }

    private static boolean made(PublicKey key, SignedCheckpoint checkpoint) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(CONTEXT);
            signature.update(checkpoint.bytes());
            return signature.verify(Base64.getDecoder().decode(checkpoint.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
