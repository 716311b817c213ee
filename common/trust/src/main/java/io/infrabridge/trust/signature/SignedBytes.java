package io.infrabridge.trust.signature;

import java.nio.charset.StandardCharsets;

/** The bytes that are signed: a fixed context, the topic and the record's value as it is on the wire. */
final class SignedBytes {
    private static final byte[] CONTEXT = "infra-command-v1\0".getBytes(StandardCharsets.UTF_8);

    private SignedBytes() {}

    static byte[] of(String topic, byte[] value) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[CONTEXT.length + name.length + 1 + value.length];
        System.arraycopy(CONTEXT, 0, message, 0, CONTEXT.length);
        System.arraycopy(name, 0, message, CONTEXT.length, name.length);
        System.arraycopy(value, 0, message, CONTEXT.length + name.length + 1, value.length);
        return message;
    }
}
