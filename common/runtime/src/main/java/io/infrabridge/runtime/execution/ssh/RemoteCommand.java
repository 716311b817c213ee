package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.runtime.execution.BoundedText;
import io.infrabridge.runtime.operation.Output;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.future.SshFutureListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jboss.logging.Logger;

/**
 * One command on one channel, without a thread: the client's own threads push what arrives into bounded memory and
 * complete the futures.
 */
final class RemoteCommand {
    private static final Logger LOG = Logger.getLogger(RemoteCommand.class);
    // signal(7); SSH has names, a shell has 128 + number
    private static final Map<String, Integer> SIGNALS = Map.of(
            "HUP", 1, "INT", 2, "QUIT", 3, "ILL", 4, "ABRT", 6, "FPE", 8, "KILL", 9, "SEGV", 11, "PIPE", 13, "TERM",
            15);

    private final ClientSession session;
    private final ChannelExec channel;
    private final boolean reads;
    private final BoundedText text;
    private final BoundedText error;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Optional<Output>> ended = new CompletableFuture<>();

    RemoteCommand(ClientSession session, String line, int outputLimit) throws IOException {
        this(session, line, Optional.empty(), outputLimit);
    }

    /**
     * One that reads. OpenSSH takes nothing before it has started the program, so a thread of the input's own waits for that and
     * hands it over.
     */
    RemoteCommand(ClientSession session, String line, Optional<String> input, int outputLimit) throws IOException {
        this.session = session;
        this.reads = input.isPresent();
        this.text = new BoundedText(outputLimit);
        this.error = new BoundedText(outputLimit);
        this.channel = session.createExecChannel(line);
        // pushed to by the thread that reads the socket; never blocks, so it drains whatever comes
        channel.setOut(text);
        channel.setErr(error);
        input.ifPresent(given -> channel.setIn(new ByteArrayInputStream(given.getBytes(StandardCharsets.UTF_8))));
    }

    void start() throws IOException {
        SshFutureListener<CloseFuture> lost = closed -> conclude();
        session.addCloseFutureListener(lost);
        ended.whenComplete((output, failure) -> session.removeCloseFutureListener(lost));
        channel.addCloseFutureListener(closed -> conclude());
        channel.open().addListener(opening -> {
            if (opening.isOpened()) {
                if (!reads) {
                    endInput();
                }
                begun.complete(null);
            } else {
                ended.completeExceptionally(Optional.ofNullable(opening.getException())
                        .orElseGet(() -> new IOException("the channel was not opened")));
            }
        });
    }

    /** Completes when the server opened the channel and was told the command; maybe never. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Empty when the channel ended and nobody said how the command did; a failure when nothing was started. */
    CompletableFuture<Optional<Output>> ended() {
        return ended;
    }

    void signal(String name) {
        if (!confirmed()) {
            return;
        }
        try {
            Buffer request = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
            request.putUInt(channel.getRecipient());
            request.putString("signal");
            request.putBoolean(false);
            request.putString(name);
            channel.writePacket(request);
        } catch (IOException e) {
            // the channel's end, which is certain now, is what the caller waits for
            LOG.debugf("Signal %s was not sent: %s", name, e.getMessage());
        }
    }

    void abandon() {
        // before the channel is confirmed there is nobody to say goodbye to, and the command was not sent
        channel.close(!confirmed());
    }

    boolean confirmed() {
        return channel.getRecipient() >= 0;
    }

    private void conclude() {
        if (confirmed()) {
            ended.complete(result());
        } else {
            ended.completeExceptionally(new IOException("the session ended before the command was sent"));
        }
    }

    private void endInput() {
        try {
            channel.getInvertedIn().close();
        } catch (IOException e) {
            LOG.debugf("The end of input was not sent: %s", e.getMessage());
        }
    }

    private Optional<Output> result() {
        Integer status = channel.getExitStatus();
        String signal = channel.getExitSignal();
        if (status == null && signal == null) {
            return Optional.empty();
        }
        int code = status != null ? status : 128 + SIGNALS.getOrDefault(signal, 127);
        return Optional.of(new Output(code, text.text(), error.text(), text.truncated()));
    }
}
