package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.trust.inventory.Host;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.apache.sshd.client.session.ClientSession;

/** Logs in once more, runs what proves nothing but that, and leaves. */
final class FreshConnection {
    private final Host host;
    private final Confirm step;
    private final RemoteRun.Watch watch;
    private final CompletableFuture<Output> result = new CompletableFuture<>();

    FreshConnection(Host host, Confirm step, RemoteRun.Watch watch) {
        this.host = host;
        this.step = step;
        this.watch = watch;
    }

    CompletableFuture<Output> over(CompletableFuture<ClientSession> session) {
        ScheduledFuture<?> tooLong = watch.after(
                step.limit(), () -> fail("it took more than " + step.limit().toSeconds() + " s"));
        result.whenComplete((output, failure) -> tooLong.cancel(false));
        session.whenComplete((opened, failure) -> {
            if (failure != null) {
                fail(said(SshFailures.unwrapped(failure)));
                return;
            }
            result.whenComplete((output, unproved) -> opened.close(true));
            run(opened);
        });
        return result;
    }

    private void run(ClientSession opened) {
        try {
            RemoteCommand command =
                    new RemoteCommand(opened, RemoteCommandLine.of(step.asRun(), true), watch.outputLimit());
            command.ended().whenComplete((output, failure) -> {
                if (failure != null) {
                    fail(said(failure));
                } else {
                    output.ifPresentOrElse(result::complete, () -> fail("it was cut"));
                }
            });
            command.start();
        } catch (IOException | RuntimeException e) {
            fail(said(e));
        }
    }

    private static String said(Throwable failure) {
        return failure instanceof ExecutionFailure known
                ? known.failure().message()
                : Optional.ofNullable(failure.getMessage()).orElse("no reason was given");
    }

    private void fail(String why) {
        result.completeExceptionally(new ExecutionFailure(
                Failure.of(
                        Category.VERIFICATION_FAILED,
                        "No new connection to " + host.name() + " could be made: " + why,
                        "Whoever is connected already may go on; nobody else could have come."),
                true));
    }
}
