package io.infrabridge.trust.policy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** The name of one content of the policy file: the beginning of its SHA-256, in hexadecimal. */
final class Version {
    private static final int BYTES = 6;

    private Version() {}

    static String of(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        SHA256Digest digest = new SHA256Digest();
        digest.update(content, 0, content.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return HexFormat.of().formatHex(hash, 0, BYTES);
    }
}
