package io.infrabridge.testkit.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** Keys and the files that an SSH client reads. */
public final class SshFiles {
    private SshFiles() {}

    public static KeyPair newKey() {
        try {
            return KeyUtils.generateKeyPair("ssh-ed25519", 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Mode 600 before the first byte. */
    public static void writePrivateKey(Path file, KeyPair key) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", null, text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, text.toByteArray());
    }

    public static void writeKnownHosts(Path file, String place, PublicKey key) throws IOException {
        Files.writeString(file, place + " " + PublicKeyEntry.toString(key) + "\n", StandardCharsets.UTF_8);
    }
}
