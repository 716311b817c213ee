package io.infrabridge.runtime.execution;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what a program writes and swallows the rest, so that no program waits for its reader. */
public final class BoundedText extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private boolean truncated;

    public BoundedText(int limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        int room = Math.min(length, limit - kept.size());
        kept.write(bytes, from, room);
        truncated |= room < length;
    }

    public synchronized boolean truncated() {
        return truncated;
    }

    /** As UTF-8; a character that the limit cut in two is left out. */
    public synchronized String text() {
        byte[] bytes = kept.toByteArray();
        return new String(bytes, 0, truncated ? endOfLastCharacter(bytes) : bytes.length, StandardCharsets.UTF_8);
    }

    private static int endOfLastCharacter(byte[] bytes) {
        int start = bytes.length - 1;
        while (start >= 0 && bytes.length - start < 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        if (start < 0 || (bytes[start] & 0x80) == 0) {
            return bytes.length;
        }
        int announced = Integer.numberOfLeadingZeros(~(bytes[start] << 24));
        return start + announced == bytes.length ? bytes.length : start;
    }
}
