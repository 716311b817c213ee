package io.infrabridge.audit.trail;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hashes are bytes in PostgreSQL and hexadecimal everywhere else. */
public final class Hashes {
    private Hashes() {}

    public static byte[] bytes(String hexadecimal) {
        return HexFormat.of().parseHex(hexadecimal);
    }

    public static Optional<String> optional(@Nullable Buffer bytes) {
        return Optional.ofNullable(bytes).map(Buffer::getBytes).map(HexFormat.of()::formatHex);
    }
}
