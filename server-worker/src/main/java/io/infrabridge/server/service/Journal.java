package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.JournalCursor;
import io.infrabridge.runtime.value.JournalTime;
import io.infrabridge.runtime.value.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a service has logged; see journalctl(1). Fields longer than 4096 bytes come as null, because {@code --all} is not given. */
final class Journal {
    private static final String EVER = "@0";
    private static final String WHATEVER_THE_CLOCK = "tomorrow";

    static final String[] AS_ROOT = {
        String.join(" ", argv("<unit>", "<time>", "<time>", "<number>", Optional.empty())),
        String.join(" ", argv("<unit>", "<time>", "<time>", "<number>", Optional.of("<level>")))
    };

    private Journal() {}

    /** Prints no entry, but says on standard error what the account may not read; with entries as JSON it would not. */
    static Run access() {
        return Run.of("Ask whether the account may read the journal", "journalctl", "--no-pager", "--lines", "0")
                .accepting(0, 1, Output.NOT_FOUND);
    }

    /** Whether the account that asked for it may read the journal, and not only what it wrote itself. */
    static boolean readable(Output access) {
        return access.succeeded()
                && !access.error().contains("insufficient permissions")
                && !access.error().contains("not seeing messages from other users");
    }

    /** The last entries, as far as the account may read them. */
    static Run last(ServiceName unit, int most) {
        return look(argv(unit.value(), EVER, WHATEVER_THE_CLOCK, Integer.toString(most + 1), Optional.empty()))
                .accepting(0, 1, Output.NOT_FOUND);
    }

    static Run page(
            ServiceName unit,
            Optional<JournalTime> since,
            Optional<JournalCursor> before,
            int most,
            Optional<LogLevel> level) {
        return look(argv(
                unit.value(),
                since.map(JournalTime::argument).orElse(EVER),
                before.map(JournalCursor::argument).orElse(WHATEVER_THE_CLOCK),
                Integer.toString(most + 1 + before.map(JournalCursor::entries).orElse(0)),
                level.map(LogLevel::word)));
    }

    private static Run look(List<String> argv) {
        return Run.of("Read the journal", argv).within(Duration.ofSeconds(20));
    }

    /** Each option and its value are two words, as the values are none of ours. */
    private static List<String> argv(String unit, String since, String until, String lines, Optional<String> level) {
        List<String> argv = new ArrayList<>(List.of(
                "journalctl",
                "--no-pager",
                "--output=json",
                "--output-fields=MESSAGE,PRIORITY,_PID,SYSLOG_IDENTIFIER",
                "--reverse",
                "--unit",
                unit,
                "--since",
                since,
                "--until",
                until,
                "--lines",
                lines));
        level.ifPresent(word -> argv.addAll(List.of("--priority", word)));
        return argv;
    }
}
