package io.infrabridge.server.health;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Debian and Ubuntu; see apt-get(8). Packages that want a reboot write themselves into a file when they are installed. An update is
 * for security where one of the archives that offer it is called so; what is offered is what the package lists say.
 */
record AptUpkeep() implements UpkeepSource {
    private static final int REFUSED = 100;
    private static final int MOST = 20;
    private static final Pattern SECURITY =
            Pattern.compile("^Inst [^ ]{1,200} .{0,300}\\([^ ]{1,200} [^()]{0,1000}[/-][Ss]ecurity\\b.*$");

    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.:-]{0,100}");

    @Override
    public List<Run> looks() {
        return List.of(
                Run.of(
                                "See whether a reboot is wanted",
                                "cat",
                                "--",
                                "/run/reboot-required",
                                "/run/reboot-required.pkgs")
                        .accepting(0, 1),
                Run.of("Foresee the upgrade", "apt-get", "-s", "-qq", "--with-new-pkgs", "upgrade")
                        .within(Duration.ofSeconds(30))
                        .accepting(0, REFUSED, Output.NOT_FOUND));
    }

    @Override
    public Upkeep seen(List<Output> outputs) {
        List<String> wanted = outputs.get(0).lines().stream().limit(MOST).toList();
        return new Upkeep(
                Optional.of(!wanted.isEmpty()),
                wanted.stream()
                        .map(String::strip)
                        // the first of the two files is a sentence for people
                        .filter(line -> PACKAGE.matcher(line).matches())
                        .distinct()
                        .toList(),
                updates(outputs.get(1)));
    }

    private static Optional<Integer> updates(Output foreseen) {
        return foreseen.succeeded() && !foreseen.truncated()
                ? Optional.of((int) foreseen.lines().stream()
                        .filter(line -> line.startsWith("Inst ")
                                && SECURITY.matcher(line).matches())
                        .count())
                : Optional.empty();
    }
}
