package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells what sudo itself said from what the program said that it ran. */
public final class SudoAnswer {
    // sudo(8) says these itself and ends with 1 before it starts anything
    private static final Pattern REFUSAL = Pattern.compile("^(sudo: (a password is required|a terminal is required"
            + "|sorry, |no tty present|user_command_timeouts|.*must be (owned|setuid|only)|.*no new privileges)"
            + "|Sorry, user \\S+ (is not allowed|may not run)|\\S+ is not in the sudoers file"
            + "|Sorry, user .* not allowed to set a command timeout)");
    private static final Pattern NO_SUDO = Pattern.compile("^\\S*sh: .*\\bsudo: (command )?not found");

    private SudoAnswer() {}

    /** The program's own output; throws an {@link ExecutionFailure} where sudo refused. */
    public static Output of(Run step, Output output) {
        String firstLine = output.error().lines().findFirst().orElse("");
        if (output.status() == 1 && refused(output)) {
            throw refusal(step, firstLine);
        }
        if (output.missing() && NO_SUDO.matcher(firstLine).find()) {
            throw refusal(step, "sudo is not installed");
        }
        if (output.status() == 1 && firstLine.equals("sudo: " + step.program() + ": command not found")) {
            return Output.failed(Output.NOT_FOUND, output.error());
        }
        return output;
    }

    public static ExecutionFailure refusal(Run step, String why) {
        return new ExecutionFailure(
                new Failure(
                        Category.PRIVILEGE_REQUIRED,
                        step.program() + " must run as root (" + step.sudo().orElse("") + "), but: " + why + ".",
                        "Install the sudoers file that is generated from the catalogue on this host, for this account."),
                true);
    }

    private static boolean refused(Output output) {
        Optional<String> line = output.error()
                .lines()
                .filter(each -> REFUSAL.matcher(each).find())
                .findFirst();
        return output.text().isEmpty() && line.isPresent();
    }
}
