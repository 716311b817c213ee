package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.runtime.execution.HostDeadline;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Stop;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the one string that SSH carries from an argument vector; the only place that does. */
final class RemoteCommandLine {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");

    private RemoteCommandLine() {}

    /**
     * For the account's login shell, which must be a POSIX one.
     *
     * <p>{@code exec} leaves no shell in between, so that a signal to the channel reaches the program. The locale is set
     * here because few servers accept it from the channel.
     */
    static String of(Run step, boolean root) {
        String program = step.argv().stream().map(RemoteCommandLine::quoted).collect(Collectors.joining(" "));
        return "LC_ALL=C.UTF-8 exec " + prefix(step, root) + program;
    }

    private static String prefix(Run step, boolean root) {
        boolean sudo = step.sudo().isPresent() && !root;
        if (step.stop() == Stop.BOUNDARY) {
            // nothing on the host may end it: its limit is only watched from here, and reported
            return sudo ? "sudo -n -- " : "";
        }
        // never timeout around sudo, which it may not signal, nor under it, where sudoers would have to permit anything
        return sudo
                ? "sudo -n -T " + HostDeadline.seconds(step) + " -- "
                : "timeout -k 5 " + HostDeadline.seconds(step) + " ";
    }

    static String quoted(String argument) {
        return HARMLESS.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
