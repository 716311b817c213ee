package io.infrabridge.server.system;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.MachineName;
import io.infrabridge.runtime.value.TimeZoneName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By systemd's own programs; see hostnamectl(1), timedatectl(1). The name is the static one, which the kernel then takes too; one
 * for people, with blanks in it, stays as it is.
 */
record SystemdSettings() implements HostSettings {
    static final String[] FOR_NAMES = {"hostnamectl", "uname"};
    static final String NAMES_AS_ROOT = "hostnamectl set-hostname --static -- <host>";
    private static final Pattern ZONE = Pattern.compile("\\S{0,100}/zoneinfo/(\\S{1,128})");

    static final String[] FOR_ZONES = {"readlink", "timedatectl"};
    static final String ZONES_AS_ROOT = "timedatectl set-timezone -- <zone>";

    @Override
    public Plan lookAtName() {
        return Plan.of(
                Run.of("Ask for its name", "hostnamectl", "--static").accepting(0, 1),
                Run.of("Ask the kernel for its name", "uname", "-n"));
    }

    @Override
    public Plan rename(MachineName name, Probed before) {
        return withoutSystemd(before.get(0)).orElseGet(() -> {
            String former = before.get(0).text().strip();
            if (former.equals(name.value()) && name(before).equals(name.value())) {
                return Plan.nothing();
            }
            // what the kernel is called is what a host without a name of its own has
            Undo undo = former(former.isEmpty() ? name(before) : former)
                    .map(SystemdSettings::named)
                    .map(Undo::by)
                    .orElseGet(Undo::none);
            return Plan.of(named(name).undoneBy(undo));
        });
    }

    @Override
    public String name(Probed seen) {
        String name = seen.get(1).text().strip();
        if (name.isEmpty() || name.length() > 64 || name.contains("\n")) {
            throw new UnexpectedOutput("uname: " + seen.get(1).text());
        }
        return name;
    }

    @Override
    public Plan lookAtZone() {
        return Plan.of(
                // the daemon behind timedatectl remembers an older one for a while
                Run.of("Read its time zone", "readlink", "-v", "--", "/etc/localtime")
                        .accepting(0, 1),
                Run.of("List the time zones that it knows", "timedatectl", "list-timezones")
                        .accepting(0, 1));
    }

    @Override
    public Plan relocate(TimeZoneName zone, Probed before) {
        return withoutSystemd(before.get(1)).orElseGet(() -> {
            String former = zone(before);
            if (former.equals(zone.value())) {
                return Plan.nothing();
            }
            if (before.get(1).lines().stream().noneMatch(line -> line.strip().equals(zone.value()))) {
                return Plan.refuse(
                        Category.NOT_FOUND,
                        "The host knows no time zone " + zone + ".",
                        "Name one as the tz database does, such as Europe/Berlin or UTC; its package may be missing there.");
            }
            return Plan.of(located(zone).undoneBy(formerZone(former)));
        });
    }

    /** See localtime(5): where the link is missing it is UTC. */
    @Override
    public String zone(Probed seen) {
        Output link = seen.get(0);
        if (!link.succeeded() && link.error().contains("No such file or directory")) {
            return "UTC";
        }
        Matcher zone = ZONE.matcher(link.text().strip());
        if (!link.succeeded() || !zone.matches()) {
            throw new UnexpectedOutput("/etc/localtime: " + link.text() + link.error());
        }
        return zone.group(1);
    }

    private static Run named(MachineName name) {
        return Run.of("Name the host " + name, "hostnamectl", "set-hostname", "--static", "--", name.value())
                .asRoot("its name belongs to the whole host");
    }

    private static Run located(TimeZoneName zone) {
        return Run.of("Set the time zone " + zone, "timedatectl", "set-timezone", "--", zone.value())
                .asRoot("the time zone belongs to the whole host");
    }

    /** A name that somebody gave it by other rules cannot be given again from here. */
    private static Optional<MachineName> former(String name) {
        try {
            return Optional.of(new MachineName(name));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static Undo formerZone(String zone) {
        try {
            return Undo.by(located(new TimeZoneName(zone)));
        } catch (InvalidValue e) {
            return Undo.none();
        }
    }

    private static Optional<Plan> withoutSystemd(Output answer) {
        if (answer.succeeded()) {
            return Optional.empty();
        }
        boolean none =
                List.of("not been booted with systemd", "Failed to connect to bus", "Failed to create bus").stream()
                        .anyMatch(answer.error()::contains);
        if (none) {
            return Optional.of(Plan.refuse(
                    Category.UNSUPPORTED_TARGET,
                    "The host does not run systemd.",
                    "Choose a host that was booted with systemd; containers usually are not."));
        }
        throw new UnexpectedOutput("hostnamectl or timedatectl: " + answer.error());
    }
}
