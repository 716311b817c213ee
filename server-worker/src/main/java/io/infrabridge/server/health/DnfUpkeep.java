package io.infrabridge.server.health;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RHEL and its kin; see dnf(8), dnf-needs-restarting(8). {@code -C} downloads nothing: where this account has no package lists,
 * nothing is known of updates.
 */
record DnfUpkeep() implements UpkeepSource {
    private static final Pattern SECURITY =
            Pattern.compile("^\\S{1,200}\\s{1,20}\\S{0,40}Sec\\.\\s{1,20}(\\S{1,300})\\s{0,20}$");
    private static final Pattern REASON =
            Pattern.compile("^\\s{0,20}\\* ([A-Za-z0-9][A-Za-z0-9+._-]{0,100})\\s{0,20}$");
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Override
    public List<Run> looks() {
        return List.of(
                Run.of("See whether a reboot is wanted", "dnf", "-q", "-C", "needs-restarting", "-r")
                        .within(LONGEST)
                        .accepting(0, 1, Output.NOT_FOUND),
                Run.of("List the security updates", "dnf", "-q", "-C", "updateinfo", "list", "--security")
                        .within(LONGEST)
                        .accepting(0, 1, Output.NOT_FOUND));
    }

    @Override
    public Upkeep seen(List<Output> outputs) {
        return new Upkeep(reboot(outputs.get(0)), reasons(outputs.get(0)), updates(outputs.get(1)));
    }

    /** By its words: the status is 1 for a pending reboot and for a missing plugin. */
    private static Optional<Boolean> reboot(Output answered) {
        if (answered.text().contains("Reboot is required")) {
            return Optional.of(true);
        }
        return answered.text().contains("Reboot should not be necessary") ? Optional.of(false) : Optional.empty();
    }

    private static List<String> reasons(Output answered) {
        return answered.lines().stream()
                .filter(line -> line.contains("* "))
                .map(REASON::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .distinct()
                .limit(20)
                .toList();
    }

    /** Lines of an advisory, how grave it is, and a package. */
    private static Optional<Integer> updates(Output listed) {
        return listed.succeeded() && !listed.truncated()
                ? Optional.of((int) listed.lines().stream()
                        .filter(line -> line.contains("Sec."))
                        .map(SECURITY::matcher)
                        .filter(Matcher::matches)
                        .map(line -> line.group(1))
                        .distinct()
                        .count())
                : Optional.empty();
    }
}
