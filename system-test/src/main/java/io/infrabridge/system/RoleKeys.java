package io.infrabridge.system;

import io.infrabridge.trust.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** API keys of callers who are no administrators, one for each role. */
final class RoleKeys {
    private RoleKeys() {}

    /** Adds them to the file that a first start has made; the keys by their roles. */
    static Map<String, String> add(Path file, List<String> roles) throws IOException {
        Map<String, String> keys =
                roles.stream().collect(Collectors.toMap(Function.identity(), role -> "ib_" + role + UUID.randomUUID()));
        StringBuilder text = new StringBuilder(PrivateFile.read(file));
        keys.forEach((role, key) ->
                text.append("- name: the-%s\n  sha256: %s\n  roles:\n  - %s\n".formatted(role, sha256(key), role)));
        PrivateFile.write(file, text.toString());
        return keys;
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
