package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service as it is now, in systemd's words.
 *
 * @param serviceName with its suffix, after aliases
 * @param unitFileState such as enabled or disabled; absent for a unit without a file
 * @param mainPid absent while it does not run
 * @param since since when it is active; absent while it is not
 * @param restarts how often systemd itself had to restart it
 * @param result how its last run ended: success, exit-code, timeout …
 * @param memoryBytes absent while it does not run, and where the host does not account for it
 * @param tasks processes and threads; absent as the memory is
 * @param journalReadable whether the account may read the journal; absent where it was not asked for
 * @param journal the last lines that it logged; absent where they were not asked for
 */
record ServiceStatus(
        String serviceName,
        String description,
        String loadState,
        String activeState,
        String subState,
        Optional<String> unitFileState,
        Optional<Long> mainPid,
        Optional<Instant> since,
        long restarts,
        String result,
        Optional<Long> memoryBytes,
        Optional<Long> tasks,
        Optional<Boolean> journalReadable,
        Optional<List<LogEntry>> journal) {
    private static final Pattern BOOT = Pattern.compile("^btime (\\d{1,11})$");

    ServiceStatus {
        journal = journal.map(List::copyOf);
    }

    /** From a look at the service and at when the host was booted. */
    static ServiceStatus of(ServiceManager manager, Probed seen) {
        return of(manager, seen, Optional.empty(), Optional.empty());
    }

    /** With what it logged last; nothing of that where the account may not read the journal. */
    static ServiceStatus with(Optional<JournalPage> readable, ServiceManager manager, Probed seen) {
        return of(
                manager,
                seen,
                Optional.of(readable.isPresent()),
                Optional.of(readable.map(JournalPage::entries).orElse(List.of())));
    }

    private static ServiceStatus of(
            ServiceManager manager, Probed seen, Optional<Boolean> readable, Optional<List<LogEntry>> journal) {
        Unit unit = manager.unit(seen.get(0));
        return new ServiceStatus(
                unit.id(),
                unit.description(),
                unit.loadState(),
                unit.activeState(),
                unit.subState(),
                unit.unitFileState(),
                Optional.of(unit.mainPid()).filter(pid -> pid > 0),
                unit.active() && unit.activeSinceBootMicros() > 0
                        ? Optional.of(boot(seen.get(1)).plusMillis(unit.activeSinceBootMicros() / 1000))
                        : Optional.empty(),
                unit.restarts(),
                unit.result(),
                unit.memoryBytes(),
                unit.tasks(),
                readable,
                journal);
    }

    private static Instant boot(Output output) {
        Matcher line = BOOT.matcher(output.text().strip());
        if (!line.matches()) {
            throw new UnexpectedOutput("/proc/stat: " + output.text());
        }
        return Instant.ofEpochSecond(Long.parseLong(line.group(1)));
    }
}
