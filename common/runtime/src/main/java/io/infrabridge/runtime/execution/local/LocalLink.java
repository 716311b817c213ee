package io.infrabridge.runtime.execution.local;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Execution;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.HostDeadline;
import io.infrabridge.runtime.execution.HostLink;
import io.infrabridge.runtime.execution.SudoAnswer;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Stop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs programs on the worker's own machine: argv lists, a clean environment, no input but a step's own. */
@Singleton
public final class LocalLink implements HostLink, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LocalLink.class);
    private static final int LONGEST_QUEUE = 1000;
    // sudo -T kills first; this only notices when it did not
    private static final Duration AFTER_SUDO = Duration.ofSeconds(5);

    private final int outputLimit;
    private final ThreadPoolExecutor threads;

    @Inject
    public LocalLink(LocalSettings settings) {
        this.outputLimit = settings.outputLimit();
        this.threads = new ThreadPoolExecutor(
                settings.processes(),
                settings.processes(),
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(LONGEST_QUEUE),
                task -> {
                    Thread thread = new Thread(task, "local-process");
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public Execution.Mode mode() {
        return Execution.Mode.LOCAL;
    }

    @Override
    public Optional<String> connectionId() {
        return Optional.empty();
    }

    @Override
    public Uni<Output> run(Run step, boolean root, Cancellation cancellation) {
        Uni<Output> output = Uni.createFrom().emitter(emitter -> {
            try {
                threads.execute(() -> see(step, root, cancellation, emitter));
            } catch (RejectedExecutionException full) {
                emitter.fail(ExecutionFailure.before(
                        Category.OVERLOADED,
                        "Too many programs wait to run on this machine.",
                        "Try again later, or raise infrabridge.local.processes."));
            }
        });
        // what follows must not keep one of the few threads from the next program
        return output.emitOn(Infrastructure.getDefaultExecutor());
    }

    /** Without a program, and not on one of the threads that wait for programs. */
    @Override
    public Uni<Output> read(ReadProc step, Cancellation cancellation) {
        return Uni.createFrom()
                .item(() -> KernelFiles.read(step, outputLimit))
                .runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }

    @Override
    @PreDestroy
    public void close() {
        threads.shutdown();
    }

    private void see(Run step, boolean root, Cancellation cancellation, UniEmitter<? super Output> emitter) {
        boolean sudo = step.sudo().isPresent() && !root;
        try {
            if (cancellation.requested()) {
                throw ExecutionFailure.before(
                        Category.CANCELLED, step.program() + " was cancelled before it began.", "Nothing was run.");
            }
            Optional<Path> program = ProgramPath.find(sudo ? "sudo" : step.program());
            if (program.isEmpty()) {
                emitter.complete(missing(step, sudo));
                return;
            }
            Process process =
                    start(sudo ? sudoCommand(program.get(), step) : command(program.get(), step), step.input());
            LocalProcess running = new LocalProcess(step, process, cancellation, outputLimit);
            try {
                Output output = running.await(sudo ? step.limit().plus(AFTER_SUDO) : step.limit());
                emitter.complete(sudo ? SudoAnswer.of(step, output) : output);
            } catch (ExecutionFailure failure) {
                emitter.fail(failure);
                if (step.stop() == Stop.BOUNDARY && running.alive()) {
                    running.drainToItsEnd();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.fail(interrupted(step));
        } catch (IOException | RuntimeException e) {
            emitter.fail(e);
        }
    }

    private static Output missing(Run step, boolean sudo) {
        if (sudo) {
            throw SudoAnswer.refusal(step, "sudo is not installed");
        }
        return Output.failed(Output.NOT_FOUND, step.program() + ": not found");
    }

    private static List<String> command(Path program, Run step) {
        List<String> command = new ArrayList<>(step.argv());
        command.set(0, program.toString());
        return command;
    }

    /** The limit is sudo's to keep: the worker's account may not signal what runs as root. */
    private static List<String> sudoCommand(Path sudo, Run step) {
        List<String> command = new ArrayList<>(List.of(sudo.toString(), "-n"));
        if (step.stop() == Stop.KILL) {
            command.addAll(List.of("-T", Long.toString(HostDeadline.seconds(step))));
        }
        command.add("--");
        command.addAll(step.argv());
        return command;
    }

    private static Process start(List<String> command, Optional<String> input) throws IOException {
        // Java would send '?' for a character that the JVM's locale does not have
        Charset native_ = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        if (!command.stream().allMatch(native_.newEncoder()::canEncode)) {
            throw ExecutionFailure.before(
                    Category.INVALID_ARGUMENT,
                    "An argument has characters that this worker's locale (" + native_ + ") cannot pass to a program.",
                    "Start the worker with LC_ALL=C.UTF-8.");
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        if (input.isEmpty()) {
            builder.redirectInput(new File("/dev/null"));
        }
        builder.environment().clear();
        builder.environment().put("PATH", ProgramPath.variable());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("HOME", System.getProperty("user.home", "/"));
        Process process = builder.start();
        input.ifPresent(text -> write(text, process));
        return process;
    }

    /** It fits into the pipe; one that ends without having read it says why by its status. */
    private static void write(String input, Process process) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debugf("process %d did not read its input: %s", process.pid(), e.getMessage());
        }
    }

    private static ExecutionFailure interrupted(Run step) {
        return new ExecutionFailure(
                Failure.of(
                        Category.INTERRUPTED,
                        "The worker stopped while " + step.program() + " ran.",
                        "Look at what it did before it is run again."),
                false);
    }
}
