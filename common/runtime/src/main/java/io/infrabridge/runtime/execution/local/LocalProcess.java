package io.infrabridge.runtime.execution.local;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.execution.BoundedText;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.HostDeadline;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sees one started process to its end, on one thread.
 *
 * <p>Both outputs are polled rather than read to their end, because a daemon that the program leaves behind may hold
 * them open for ever.
 */
final class LocalProcess {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int LONGEST_PAUSE_MS = 10;

    private final Run step;
    private final Process process;
    private final Cancellation cancellation;
    private final BoundedText text;
    private final BoundedText error;
    private final long started = System.nanoTime();
    private final byte[] chunk = new byte[16 * 1024];

    LocalProcess(Run step, Process process, Cancellation cancellation, int outputLimit) {
        this.step = step;
        this.process = process;
        this.cancellation = cancellation;
        this.text = new BoundedText(outputLimit);
        this.error = new BoundedText(outputLimit);
    }

    /** Waits until the process ended, its limit passed or it was cancelled. */
    Output await(Duration limit) throws InterruptedException {
        int pause = 1;
        while (!process.waitFor(drain() ? 0 : pause, TimeUnit.MILLISECONDS)) {
            pause = Math.min(pause + 1, LONGEST_PAUSE_MS);
            if (System.nanoTime() - started > limit.toNanos()) {
                throw stopped(Category.TIMEOUT, "did not end within " + limit.toSeconds() + " s");
            }
            if (step.stop() == Stop.KILL && cancellation.requested()) {
                throw stopped(Category.CANCELLED, "was cancelled");
            }
        }
        drain();
        if (HostDeadline.ended(step, process.exitValue(), Duration.ofNanos(System.nanoTime() - started))) {
            throw failure(Category.TIMEOUT, "did not end within its limit; sudo ended it", true);
        }
        return new Output(process.exitValue(), text.text(), error.text(), text.truncated());
    }

    /** After its limit a process that must not be killed still has to be read, or it would never end. */
    void drainToItsEnd() throws InterruptedException {
        while (!process.waitFor(drain() ? 0 : LONGEST_PAUSE_MS, TimeUnit.MILLISECONDS)) {
            // what it writes is no longer of interest
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    private ExecutionFailure stopped(Category category, String what) throws InterruptedException {
        if (step.stop() == Stop.BOUNDARY) {
            return failure(category, what + " and goes on, because it must not be killed", false);
        }
        boolean gone = new ProcessTree(process).kill(GRACE, this::drain);
        return failure(category, what + (gone ? "; it was killed" : "; it could not be killed"), gone);
    }

    private ExecutionFailure failure(Category category, String what, boolean gone) {
        return new ExecutionFailure(
                Failure.of(
                        category,
                        step.program() + " on this machine " + what + ".",
                        gone ? "Nothing of it is running any more." : "Look at it with ps before anything else."),
                gone);
    }

    private boolean drain() {
        try {
            return drain(process.getInputStream(), text) | drain(process.getErrorStream(), error);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean drain(InputStream from, BoundedText to) throws IOException {
        boolean any = false;
        for (int available = from.available(); available > 0; available = from.available()) {
            int read = from.read(chunk, 0, Math.min(available, chunk.length));
            if (read < 0) {
                break;
            }
            to.write(chunk, 0, read);
            any = true;
        }
        return any;
    }
}
