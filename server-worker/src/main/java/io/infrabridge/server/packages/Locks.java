package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Output;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells that another package manager was at work for longer than one waits, and which. */
final class Locks {
    private static final Pattern HELD = Pattern.compile("held by process (\\d{1,10}) \\(([^)\\n]{1,100})\\)");
    private static final Pattern LOCKED = Pattern.compile("already locked by (\\d{1,10})");
    private static final Pattern PROGRAM = Pattern.compile("PID \\d{1,10} is: (\\S{1,100})");

    private Locks() {}

    static Optional<Failure> explain(Output output) {
        String said = output.error() + "\n" + output.text();
        Matcher held = HELD.matcher(said);
        if (held.find()) {
            return Optional.of(failure("process " + held.group(1) + " (" + held.group(2) + ")"));
        }
        Matcher locked = LOCKED.matcher(said);
        if (locked.find()) {
            Matcher program = PROGRAM.matcher(said);
            String name = program.find() ? " (" + program.group(1) + ")" : "";
            return Optional.of(failure("process " + locked.group(1) + name));
        }
        return said.contains("Unable to acquire the dpkg frontend lock") || said.contains("Could not get lock")
                ? Optional.of(failure("another process"))
                : Optional.empty();
    }

    private static Failure failure(String holder) {
        return Failure.of(
                Category.CONFLICT,
                "The package manager of the host is in use: " + holder + " holds its lock.",
                "Ask again when that process has ended.");
    }
}
