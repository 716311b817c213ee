package io.infrabridge.testkit.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** Hands a command line to a shell as sshd does, and like sshd leaves the process alone when the channel ends. */
final class ShellCommand implements Command {
    private final String line;
    private final Map<String, String> variables;
    private final Set<Process> processes;
    private final BooleanSupplier deaf;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, closeImmediately) -> {};

    ShellCommand(String line, Map<String, String> variables, Set<Process> processes, BooleanSupplier deaf) {
        this.line = line;
        this.variables = Map.copyOf(variables);
        this.processes = processes;
        this.deaf = deaf;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line);
        builder.environment().putAll(variables);
        Process process = builder.start();
        processes.add(process);
        environment.addSignalListener((from, signal) -> signal(process, signal), Signal.TERM, Signal.KILL);
        pump(in, process.getOutputStream(), true);
        CompletableFuture<Void> outDone = pump(process.getInputStream(), out, false);
        CompletableFuture<Void> errDone = pump(process.getErrorStream(), err, false);
        CompletableFuture.allOf(outDone, errDone, process.onExit()).whenComplete((done, failure) -> {
            processes.remove(process);
            exit.onExit(process.exitValue());
        });
    }

    @Override
    public void destroy(ChannelSession channel) {
        // as with sshd, whoever writes next gets a broken pipe; nobody is killed
    }

    private void signal(Process process, Signal signal) {
        if (deaf.getAsBoolean()) {
            return;
        }
        if (signal == Signal.KILL) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    private CompletableFuture<Void> pump(InputStream from, OutputStream to, boolean input) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (from) {
                        copy(from, to);
                        if (input) {
                            // like sshd, takes what nobody reads any more: a closed stream would cost the connection
                            from.transferTo(OutputStream.nullOutputStream());
                        }
                    } catch (IOException gone) {
                        // the channel or the process ended first
                    } finally {
                        finish(to, input);
                        done.complete(null);
                    }
                },
                "test-sshd-pump");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[8192];
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            try {
                to.write(chunk, 0, read);
                to.flush();
            } catch (IOException unread) {
                return;
            }
        }
    }

    private static void finish(OutputStream to, boolean close) {
        try {
            if (close) {
                to.close();
            }
        } catch (IOException gone) {
            // closed by the other side
        }
    }
}
