package io.infrabridge.server.service;

import io.infrabridge.runtime.value.JournalCursor;
import java.util.List;
import java.util.Optional;

/**
 * What a service has logged.
 *
 * @param serviceName with its suffix, after aliases
 * @param entries the oldest first
 * @param nextCursor asks for the entries before these, where there are any
 */
record ServiceLogs(String serviceName, List<LogEntry> entries, Optional<JournalCursor> nextCursor) {
    ServiceLogs {
        entries = List.copyOf(entries);
    }
}
