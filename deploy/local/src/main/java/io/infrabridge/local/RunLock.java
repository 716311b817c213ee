package io.infrabridge.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Held while Infrabridge runs on a data folder; the kernel drops it with the process, however that ends. */
final class RunLock {
    /** A lock that nothing refers to would be released by the garbage collector. */
    private static final List<FileLock> HELD = new CopyOnWriteArrayList<>();

    private RunLock() {}

    static void take(Path data) throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new StartFailure(
                    StartFailure.USAGE,
                    "Infrabridge is already running on " + data
                            + "; for a second one use --data DIR and --port-offset N");
        }
        HELD.add(lock);
    }
}
