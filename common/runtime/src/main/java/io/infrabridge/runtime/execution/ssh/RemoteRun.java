package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.HostDeadline;
import io.infrabridge.runtime.execution.SudoAnswer;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Stop;
import io.infrabridge.trust.inventory.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.regex.Pattern;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;

/** Sees one step on another host to its end, whatever becomes of the connection. */
final class RemoteRun {
    // timeout -k 5 forces after 5 s what did not end when it was asked to
    private static final Duration UNTIL_FORCED = Duration.ofSeconds(7);
    private static final int ATTEMPTS = 5;
    private static final Pattern NO_TIMEOUT = Pattern.compile("^\\S*sh: .*\\btimeout: (command )?not found");

    private final Host host;
    private final Run step;
    private final boolean root;
    private final SshSessions sessions;
    private final Watch watch;
    private final CompletableFuture<Output> result = new CompletableFuture<>();
    private Optional<RemoteCommand> command = Optional.empty();
    private boolean cancelled;
    private volatile Optional<String> sessionId = Optional.empty();

    RemoteRun(Host host, Run step, boolean root, SshSessions sessions, Watch watch) {
        this.host = host;
        this.step = step;
        this.root = root;
        this.sessions = sessions;
        this.watch = watch;
    }

    CompletableFuture<Output> start() {
        attempt(1);
        return result;
    }

    Optional<String> sessionId() {
        return sessionId;
    }

    void cancel() {
        Optional<RemoteCommand> running;
        synchronized (this) {
            running = command;
            cancelled = true;
        }
        if (running.isEmpty()) {
            result.completeExceptionally(ExecutionFailure.before(
                    Category.CANCELLED, step.program() + " was cancelled before it began.", "Nothing was run."));
        } else if (step.stop() == Stop.KILL) {
            running.get().signal("TERM");
            ScheduledFuture<?> unconfirmed = watch.after(UNTIL_FORCED, () -> giveUp(running.get(), Category.CANCELLED));
            result.whenComplete((output, failure) -> unconfirmed.cancel(false));
        }
    }

    private void attempt(int number) {
        sessions.forCommand(host).whenComplete((lease, failure) -> {
            if (failure != null) {
                result.completeExceptionally(SshFailures.unwrapped(failure));
            } else if (result.isDone()) {
                lease.giveBack();
            } else {
                sessionId = Optional.of(lease.sessionId());
                begin(lease, number);
            }
        });
    }

    private void begin(Lease lease, int number) {
        long started = System.nanoTime();
        try {
            RemoteCommand next = new RemoteCommand(
                    lease.session(), RemoteCommandLine.of(step, root), step.input(), watch.outputLimit());
            synchronized (this) {
                if (cancelled) {
                    next.abandon();
                    lease.giveBack();
                    return;
                }
                command = Optional.of(next);
            }
            ScheduledFuture<?> noAnswer = watch.after(watch.openTimeout(), () -> {
                lease.markSilent();
                next.abandon();
            });
            next.begun().thenRun(() -> {
                noAnswer.cancel(false);
                watchLimit(next);
            });
            next.ended().whenComplete((output, failure) -> {
                noAnswer.cancel(false);
                if (failure == null) {
                    lease.giveBack();
                    finish(output, Duration.ofNanos(System.nanoTime() - started));
                } else {
                    refused(lease, failure, number);
                }
            });
            next.start();
        } catch (IOException | RuntimeException e) {
            refused(lease, e, number);
        }
    }

    /** Nothing was started, so that it may be tried on another session. */
    private void refused(Lease lease, Throwable why, int number) {
        synchronized (this) {
            command = Optional.empty();
        }
        boolean worthwhile = true;
        if (why instanceof SshChannelOpenException) {
            worthwhile = lease.giveBackFull();
        } else {
            lease.giveBack();
        }
        if (cancelled()) {
            cancel();
        } else if (worthwhile && number < ATTEMPTS) {
            attempt(number + 1);
        } else {
            result.completeExceptionally(
                    SshFailures.lost(host, "a channel for " + step.program() + " was opened", true));
        }
    }

    private void watchLimit(RemoteCommand running) {
        boolean endedByHost = step.stop() == Stop.KILL;
        Duration patience = endedByHost ? step.limit().plus(UNTIL_FORCED) : step.limit();
        ScheduledFuture<?> tooLong = watch.after(patience, () -> giveUp(running, Category.TIMEOUT));
        result.whenComplete((output, failure) -> tooLong.cancel(false));
        if (cancelled()) {
            // asked for while the channel was being opened
            cancel();
        }
    }

    private void giveUp(RemoteCommand running, Category category) {
        fail(category, "was not seen to end", !running.confirmed(), "Look at it on the host before anything else.");
        if (step.stop() == Stop.KILL) {
            running.abandon();
        }
        // otherwise the channel stays: a program that must not be killed would die of writing to a closed one
    }

    private void finish(Optional<Output> seen, Duration took) {
        if (seen.isEmpty()) {
            result.completeExceptionally(SshFailures.lost(host, step.program() + " ran", false));
            return;
        }
        Output output = seen.get();
        if (cancelled() && step.stop() == Stop.KILL && !output.succeeded()) {
            fail(Category.CANCELLED, "was cancelled and has ended", true, "Nothing of it is running any more.");
        } else if (step.stop() == Stop.KILL && HostDeadline.ended(step, output.status(), took)) {
            String what = "did not end within " + HostDeadline.seconds(step) + " s and was killed";
            fail(Category.TIMEOUT, what, true, "Nothing of it is running any more.");
        } else {
            answer(output);
        }
    }

    private void answer(Output output) {
        try {
            if (output.missing() && NO_TIMEOUT.matcher(output.error()).find()) {
                throw ExecutionFailure.before(
                        Category.UNSUPPORTED_TARGET,
                        "There is no timeout(1) on " + host.name() + ".",
                        "Install coreutils.");
            }
            result.complete(step.sudo().isPresent() && !root ? SudoAnswer.of(step, output) : output);
        } catch (ExecutionFailure refused) {
            result.completeExceptionally(refused);
        }
    }

    private void fail(Category category, String what, boolean gone, String hint) {
        String message = step.program() + " on " + host.name() + " " + what + ".";
        result.completeExceptionally(new ExecutionFailure(Failure.of(category, message, hint), gone));
    }

    private synchronized boolean cancelled() {
        return cancelled;
    }

    /** How long and how much is waited for. */
    record Watch(SharedClient shared, Duration openTimeout, int outputLimit) {
        ScheduledFuture<?> after(Duration delay, Runnable task) {
            return shared.after(delay, task);
        }
    }
}
