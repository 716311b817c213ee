package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.trust.inventory.Host;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What goes wrong with SSH, in words for the person who has to put it right. */
final class SshFailures {
    private SshFailures() {}

    static ExecutionFailure unreachable(Host host, Throwable cause) {
        boolean unresolved = cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException;
        String said =
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        return unreachable(host, unresolved ? "its name cannot be resolved" : said);
    }

    static ExecutionFailure unreachable(Host host, String why) {
        return ExecutionFailure.before(
                Category.HOST_UNREACHABLE,
                "The host " + place(host) + " cannot be reached"
                        + host.jump().map(jump -> " through " + jump).orElse("") + ": " + why + ".",
                "Is it up, does sshd listen on port " + host.sshPort() + ", and does the network let "
                        + host.jump().orElse("this worker") + " through to it?");
    }

    static ExecutionFailure leftAlone(Host host, Breaker.Rest rest) {
        return ExecutionFailure.before(
                Category.HOST_UNREACHABLE,
                "The host " + place(host) + " has not been reachable since " + seconds(rest.since())
                        + " and is left alone until " + seconds(rest.nextTry()) + ".",
                "The first operation after that tries it again. Is it up, and does the network let "
                        + host.jump().orElse("this worker") + " through to it?");
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    static ExecutionFailure loginRefused(Host host, String why) {
        return ExecutionFailure.before(
                Category.LOGIN_REFUSED,
                "The host " + place(host) + " did not let the account " + host.user() + " in: " + why + ".",
                "Is the public key of " + host.key()
                        + " in that account's authorized_keys, and is the account unlocked?");
    }

    static ExecutionFailure unusableKey(Host host, String why) {
        return ExecutionFailure.before(
                Category.LOGIN_REFUSED,
                "The private key for the host " + host.name() + " cannot be used: " + why + ".",
                "The file " + host.key() + " must be an unencrypted OpenSSH private key that only the worker can read"
                        + " (mode 600).");
    }

    /** The way to a host fails at a host before it. */
    static ExecutionFailure onTheWay(Host host, Host jump, Throwable failure) {
        if (unwrapped(failure) instanceof ExecutionFailure inner) {
            Failure said = inner.failure();
            return ExecutionFailure.before(
                    said.category(),
                    "The host " + host.name() + " is reached through " + jump.name() + ". " + said.message(),
                    said.hint());
        }
        return unreachable(host, unwrapped(failure));
    }

    static ExecutionFailure lost(Host host, String what, boolean neverStarted) {
        return new ExecutionFailure(
                Failure.of(
                        Category.CONNECTION_LOST,
                        "The connection to " + place(host) + " was lost while " + what + ".",
                        neverStarted
                                ? "Nothing was started; try again."
                                : "Look at what it did before it is run again."),
                neverStarted);
    }

    static ExecutionFailure crowded(Host host) {
        return ExecutionFailure.before(
                Category.OVERLOADED,
                "All SSH sessions to " + host.name() + " are busy.",
                "Try again later, or raise infrabridge.ssh.sessions-per-host.");
    }

    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static String place(Host host) {
        return host.name() + " (" + host.address() + ":" + host.sshPort() + ")";
    }
}
