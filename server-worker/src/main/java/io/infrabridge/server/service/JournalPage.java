package io.infrabridge.server.service;

import io.infrabridge.contract.Shortened;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.JournalCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The latest of the entries that were asked for.
 *
 * @param entries the oldest first
 * @param next where the page of those before begins, where there are any
 */
record JournalPage(List<LogEntry> entries, Optional<JournalCursor> next) {
    /** Together with what is not text, well below what a result may have. */
    private static final int MOST_CHARACTERS = 256 * 1024;

    JournalPage {
        entries = List.copyOf(entries);
    }

    /** The first page, from lines of JSON, the latest first. */
    static JournalPage parse(Output output, int most) {
        return parse(output, most, Optional.empty());
    }

    /**
     * A page from lines of JSON, the latest first.
     *
     * @param most how many entries a page has; the journal was asked for one more, to see whether there is any
     * @param from where it begins; the journal was asked from its moment on
     */
    static JournalPage parse(Output output, int most, Optional<JournalCursor> from) {
        List<LogEntry> latest = latest(output);
        int had = from.map(cursor -> had(latest, cursor)).orElse(0);
        int end = Math.min(latest.size(), had + Math.min(most, fitting(latest.subList(had, latest.size()))));
        List<LogEntry> entries = new ArrayList<>(latest.subList(had, end));
        Collections.reverse(entries);
        boolean more = end > 0 && (end < latest.size() || output.truncated());
        return new JournalPage(
                entries, more ? Optional.of(after(latest.subList(0, end), entries.isEmpty())) : Optional.empty());
    }

    /** How many of them the caller has already. */
    private static int had(List<LogEntry> latest, JournalCursor from) {
        int had = 0;
        while (had < Math.min(latest.size(), from.entries())
                && from.isOf(latest.get(had).timestamp())) {
            had++;
        }
        return had;
    }

    /** Where no entry fits behind those that the caller has, what is left of their moment is passed over. */
    private static JournalCursor after(List<LogEntry> told, boolean stuck) {
        Instant moment = told.get(told.size() - 1).timestamp();
        long entries =
                told.stream().filter(entry -> entry.timestamp().equals(moment)).count();
        return JournalCursor.after(moment, stuck ? Integer.MAX_VALUE : Math.toIntExact(entries));
    }

    private static List<LogEntry> latest(Output output) {
        List<String> lines = output.lines();
        List<LogEntry> latest = new ArrayList<>();
        for (String line : output.truncated() && !lines.isEmpty() ? lines.subList(0, lines.size() - 1) : lines) {
            // "-- No entries --", "-- Boot … --"
            if (line.startsWith("{")) {
                latest.add(LogEntry.parse(line));
            } else if (!line.startsWith("-- ")) {
                throw new UnexpectedOutput("journalctl: " + Shortened.to(200, line));
            }
        }
        return latest;
    }

    private static int fitting(List<LogEntry> latest) {
        int characters = 0;
        for (int i = 0; i < latest.size(); i++) {
            characters += latest.get(i).message().map(String::length).orElse(0);
            if (characters > MOST_CHARACTERS && i > 0) {
                return i;
            }
        }
        return latest.size();
    }
}
