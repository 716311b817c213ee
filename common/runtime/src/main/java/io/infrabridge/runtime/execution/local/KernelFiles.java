package io.infrabridge.runtime.execution.local;

import io.infrabridge.runtime.execution.BoundedText;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.ReadProc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of /proc as cat(1) does: what can be read is given, what cannot is named on the error output. */
final class KernelFiles {
    private static final int BUFFER = 16 * 1024;

    private KernelFiles() {}

    static Output read(ReadProc step, int limit) {
        BoundedText text = new BoundedText(limit);
        StringBuilder errors = new StringBuilder();
        for (String file : step.files()) {
            try (InputStream content = Files.newInputStream(Path.of(file))) {
                // such a file has no size, and the kernel makes its text while it is read
                byte[] buffer = new byte[BUFFER];
                for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                    text.write(buffer, 0, length);
                }
            } catch (IOException e) {
                errors.append(ReadProc.PROGRAM)
                        .append(": ")
                        .append(e.getMessage())
                        .append('\n');
            }
        }
        return new Output(errors.isEmpty() ? 0 : 1, text.text(), errors.toString(), text.truncated());
    }
}
