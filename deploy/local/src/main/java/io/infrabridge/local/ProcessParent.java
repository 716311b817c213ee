package io.infrabridge.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts processes that end with this one, even when it is killed: the kernel signals them when their parent dies.
 *
 * <p>For the kernel the parent is a thread, so all are started by one thread that lives as long as this process.
 */
final class ProcessParent {
    private static final ExecutorService PARENT = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "process-parent");
        thread.setDaemon(true);
        return thread;
    });

    private ProcessParent() {}

    /** What must stand before an argv for the process to get this signal when its parent dies; empty where it cannot be had. */
    static List<String> endsWithParent(String signal) {
        return ifUsable("setpriv", "--pdeathsig", signal);
    }

    /** What keeps a Ctrl-C of the terminal from the process, so that the launcher decides the order of stopping. */
    static List<String> ownSession() {
        return ifUsable("setsid");
    }

    /** These words when a program can be started behind them on this machine, else nothing. */
    static List<String> ifUsable(String... prefix) {
        List<String> words = List.of(prefix);
        try {
            Process trial = new ProcessBuilder(argv(words, List.of("true")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor() == 0 ? words : List.of();
        } catch (IOException absent) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    static Process start(ProcessBuilder builder) throws IOException {
        try {
            return PARENT.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException("cannot start " + builder.command().get(0), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before " + builder.command().get(0) + " was started", e);
        }
    }

    @SafeVarargs
    static List<String> argv(List<String>... parts) {
        List<String> argv = new ArrayList<>();
        for (List<String> part : parts) {
            argv.addAll(part);
        }
        return List.copyOf(argv);
    }
}
