package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is being changed on a host at this moment, by whomever, and would be interrupted by its end: package managers by their
 * processes and locks, changes of any worker by their marks, and changes that wait to be confirmed by their timers.
 */
final class Undertakings {
    /** By which a reboot of ours is on its way. */
    static final String REBOOT = "infrabridge-reboot";

    static final String[] PROGRAMS = {"ps", "stat", ReadProc.PROGRAM, "find", "systemctl"};

    /** How many steps {@link #look} has. */
    static final int LOOKS = 5;

    /** By the names of processes, of which the kernel keeps fifteen characters; see proc_pid_comm(5). */
    private static final Set<String> MANAGERS = Set.of(
            "apt",
            "apt-get",
            "apt.systemd.dai",
            "aptitude",
            "dpkg",
            "dnf",
            "dnf5",
            "dnf-automatic",
            "microdnf",
            "yum",
            "rpm",
            "rpmdb",
            "packagekitd-up",
            "nixos-rebuild",
            "nix-env",
            "switch-to-confi",
            "update-initramf",
            "mkinitramfs",
            "dracut",
            "grub-mkconfig",
            "fwupdtool",
            "do-release-upgr");

    private static final String[] LOCKS = {
        "/var/lib/dpkg/lock-frontend",
        "/var/lib/dpkg/lock",
        "/var/lib/apt/lists/lock",
        "/var/cache/apt/archives/lock",
        "/var/lib/rpm/.rpm.lock"
    };

    private static final Pattern HELD = Pattern.compile(
            "\\d{1,9}: +(?:POSIX|FLOCK|OFDLCK) +\\S{1,20} +WRITE +-?\\d{1,10} +[0-9a-f]{1,8}:[0-9a-f]{1,8}:(\\d{1,20}) .{1,60}");

    /** As find(1) is asked for it: the name, and the second since 1970 in which it was made. */
    private static final Pattern MARK =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._:-]{0,127}) (\\d{1,11})(?:\\.\\d{1,12})?");

    /** The longest that a command may wait and run, unless infrabridge.worker.longest-deadline is changed. */
    private static final Duration LONGEST_CHANGE = Duration.ofHours(24);

    private Undertakings() {}

    static List<Step> look() {
        List<String> stat = new ArrayList<>(List.of("stat", "--format=%i", "--"));
        stat.addAll(List.of(LOCKS));
        return List.of(
                Run.of("List the processes by name", "ps", "-e", "-o", "comm="),
                // no host has them all
                Run.of("Look for the locks of package managers", stat).accepting(0, 1),
                ReadProc.of("List the locks that are held", "/proc/locks"),
                // 1: the host was not changed since it booted
                Run.of(
                                "List the changes that run",
                                "find",
                                OperationSpec.RUNNING_CHANGES,
                                "-mindepth",
                                "1",
                                "-maxdepth",
                                "1",
                                "-type",
                                "d",
                                "-printf",
                                "%f %T@\\n")
                        .accepting(0, 1),
                Run.of(
                                "List the timers of changes that wait",
                                "systemctl",
                                "list-units",
                                "--all",
                                "--no-legend",
                                "--plain",
                                "--full",
                                "infrabridge-revert-*",
                                REBOOT + ".*")
                        .accepting(0, 1, Output.NOT_FOUND));
    }

    /**
     * In words for a person. A mark that is older than any change can be was left where the host could not be reached at a
     * change's end: it counts no more.
     *
     * @param from where the outputs of {@link #look} begin
     * @param now by the host's own clock, as marks are
     */
    static List<String> found(Probed seen, int from, Instant now) {
        List<String> found = new ArrayList<>();
        Set<String> managers =
                new TreeSet<>(seen.get(from).lines().stream().map(String::strip).toList());
        managers.retainAll(MANAGERS);
        if (!managers.isEmpty()) {
            found.add("packages are being changed by " + String.join(", ", managers));
        } else if (locked(seen.get(from + 1), seen.get(from + 2))) {
            found.add("the lock of a package manager is held");
        }
        seen.get(from + 3).lines().stream()
                .map(line -> MARK.matcher(line.strip()))
                .filter(Matcher::matches)
                .forEach(mark -> running(mark, now).ifPresent(found::add));
        units(seen.get(from + 4)).stream()
                .filter(unit -> !unit.startsWith(REBOOT))
                .forEach(unit -> found.add("a change waits to be confirmed, or is taken back, by " + unit));
        return found;
    }

    private static Optional<String> running(Matcher mark, Instant now) {
        Instant since = Instant.ofEpochSecond(Long.parseLong(mark.group(2)));
        return since.isBefore(now.minus(LONGEST_CHANGE))
                ? Optional.empty()
                : Optional.of("the operation " + mark.group(1) + " runs since " + since);
    }

    static boolean rebootIsComing(Probed seen, int from) {
        return units(seen.get(from + 4)).stream().anyMatch(unit -> unit.startsWith(REBOOT));
    }

    static boolean withoutSystemd(Probed seen, int from) {
        Output listed = seen.get(from + 4);
        return listed.missing()
                || listed.error().contains("not been booted with systemd")
                || listed.error().contains("Failed to connect to bus");
    }

    private static boolean locked(Output inodes, Output locks) {
        Set<String> files =
                new HashSet<>(inodes.lines().stream().map(String::strip).toList());
        return locks.lines().stream().anyMatch(line -> {
            Matcher held = HELD.matcher(line.strip());
            return held.matches() && files.contains(held.group(1));
        });
    }

    private static List<String> units(Output listed) {
        return listed.lines().stream()
                .map(line -> line.strip().split("\\s+", 2)[0])
                .filter(unit -> unit.startsWith("infrabridge-"))
                .toList();
    }
}
