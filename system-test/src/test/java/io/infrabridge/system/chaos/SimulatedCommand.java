package io.infrabridge.system.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** One program of a simulated host: it takes a while, has its effect, takes a while again and ends. */
final class SimulatedCommand implements Command {
    /** What timeout(1) says when it has ended a program; sudo ends one by HUP. */
    private static final int TIMED_OUT = 124;

    private static final int HUNG_UP = 129;
    private static final int TERMINATED = 143;

    private final CommandLine line;
    private final HostPrograms programs;
    private final Pauses pauses;
    private final ScheduledExecutorService time;
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, closeImmediately) -> {};
    private boolean ended;

    SimulatedCommand(CommandLine line, HostPrograms programs, Pauses pauses, ScheduledExecutorService time) {
        this.line = line;
        this.programs = programs;
        this.pauses = pauses;
        this.time = time;
    }

    /** How long a program takes. */
    interface Pauses {
        Duration next(boolean changing);
    }

    @Override
    public void setInputStream(InputStream stream) {
        // none of these programs reads anything
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
    public void start(ChannelSession channel, Environment environment) {
        environment.addSignalListener((from, signal) -> end(TERMINATED), Signal.TERM, Signal.KILL, Signal.HUP);
        boolean changing = HostPrograms.changes(line);
        after(pauses.next(changing), () -> takeEffect(changing));
        line.limit().ifPresent(limit -> after(limit, () -> end(line.root() ? HUNG_UP : TIMED_OUT)));
    }

    @Override
    public void destroy(ChannelSession channel) {
        // as with sshd, what runs goes on
    }

    private void takeEffect(boolean changing) {
        HostPrograms.Answer answer;
        synchronized (this) {
            if (ended) {
                return;
            }
            answer = programs.run(line);
        }
        after(pauses.next(changing), () -> {
            say(answer);
            end(answer.status());
        });
    }

    private void say(HostPrograms.Answer answer) {
        try {
            out.write(answer.output().getBytes(StandardCharsets.UTF_8));
            out.flush();
            err.write(answer.error().getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException gone) {
            // nobody listens any more; the effect stays
        }
    }

    private void end(int status) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        exit.onExit(status);
    }

    private void after(Duration pause, Runnable task) {
        time.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
