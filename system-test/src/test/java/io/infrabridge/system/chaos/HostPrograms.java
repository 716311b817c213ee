package io.infrabridge.system.chaos;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The programs of a simulated host: each does at once what it does, and answers as the real one would. */
final class HostPrograms {
    /** These change something when they end well; the others only look. */
    private static final Set<String> CHANGING = Set.of("mount", "umount", "mkdir", "rmdir");

    private final HostState state;
    private final boolean rootAccount;
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    HostPrograms(HostState state, boolean rootAccount) {
        this.state = state;
        this.rootAccount = rootAccount;
    }

    /** What a program said and how it ended. */
    record Answer(int status, String output, String error) {
        static Answer ok(String output) {
            return new Answer(0, output, "");
        }

        static Answer failed(int status, String error) {
            return new Answer(status, "", error + "\n");
        }
    }

    /** Command lines that no program here knows; there should be none. */
    Set<String> unknown() {
        return Set.copyOf(unknown);
    }

    static boolean changes(CommandLine line) {
        return CHANGING.contains(line.program())
                || line.program().equals("systemctl") && !line.argv().contains("show");
    }

    Answer run(CommandLine line) {
        if (changes(line) && !line.root() && !rootAccount) {
            return Answer.failed(1, line.program() + ": Permission denied");
        }
        List<String> operands = line.operands();
        return switch (line.program()) {
            case "cat" ->
                operands.contains("/proc/self/mounts")
                        ? Answer.ok(state.mountTable())
                        : operands.equals(List.of("/etc/os-release"))
                                ? Answer.ok("ID=debian\nVERSION_ID=\"13\"\n")
                                : unknown(line);
            case "uname" -> Answer.ok("simulated 6.12.0 x86_64\n");
            case "id" ->
                Answer.ok(
                        operands.contains("-un")
                                ? (rootAccount ? "root\n" : "tester\n")
                                : (rootAccount ? "0\n" : "1000\n"));
            case "grep" -> operands.contains("^btime") ? Answer.ok("btime 1700000000\n") : unknown(line);
            case "systemctl" -> systemctl(line.argv().get(1), operands.get(operands.size() - 1), line);
            // it keeps no journal
            case "journalctl" -> Answer.ok("");
            case "stat" -> state.folder(operands.get(0)) ? Answer.ok("directory\n") : missing(line);
            case "realpath" -> Answer.ok(operands.get(0) + "\n");
            case "mkdir" -> mkdir(operands.get(0), line.argv().contains("-p"));
            case "rmdir" -> rmdir(line, operands.get(0));
            case "mount" -> mount(operands.get(0), operands.get(1));
            case "umount" ->
                state.unmount(operands.get(0))
                        ? Answer.ok("")
                        : Answer.failed(32, "umount: " + operands.get(0) + ": not mounted.");
            default -> unknown(line);
        };
    }

    private Answer systemctl(String verb, String unit, CommandLine line) {
        switch (verb) {
            case "start", "restart" -> state.activate(unit, true, verb);
            case "stop" -> state.activate(unit, false, verb);
            case "show" -> {
                return Answer.ok(shown(unit));
            }
            default -> {
                return unknown(line);
            }
        }
        return Answer.ok("");
    }

    private String shown(String unit) {
        return """
                Type=simple
                RemainAfterExit=no
                MainPID=0
                Result=success
                NRestarts=0
                Id=%s
                Description=A simulated service
                LoadState=loaded
                UnitFileState=disabled
                ActiveEnterTimestampMonotonic=1
                %s
                """.formatted(
                unit,
                state.active(unit) ? "ActiveState=active\nSubState=running" : "ActiveState=inactive\nSubState=dead");
    }

    private Answer mkdir(String path, boolean parents) {
        String parent = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        if (!state.folder(parent)) {
            if (!parents) {
                return Answer.failed(1, "mkdir: cannot create directory ‘" + path + "’: No such file or directory");
            }
            mkdir(parent, true);
        }
        return state.makeFolder(path) || parents
                ? Answer.ok("")
                : Answer.failed(1, "mkdir: cannot create directory ‘" + path + "’: File exists");
    }

    private Answer rmdir(CommandLine line, String path) {
        if (!state.folder(path)) {
            return missing(line);
        }
        return state.removeFolder(path) || line.argv().contains("--ignore-fail-on-non-empty")
                ? Answer.ok("")
                : Answer.failed(1, "rmdir: failed to remove '" + path + "': Directory not empty");
    }

    private Answer mount(String source, String path) {
        if (!state.folder(path)) {
            return Answer.failed(32, "mount.nfs: mount point " + path + " does not exist");
        }
        if (Undertaking.neverMounts(path)) {
            return Answer.failed(32, "mount.nfs: Connection refused for " + source + " on " + path);
        }
        if (state.mounted(path)) {
            return Answer.failed(32, "mount.nfs: " + path + " is busy or already mounted or sharecache fail");
        }
        state.mount(source, path);
        return Answer.ok("");
    }

    private static Answer missing(CommandLine line) {
        return Answer.failed(
                1,
                "%s: '%s': No such file or directory"
                        .formatted(line.program(), line.operands().get(0)));
    }

    private Answer unknown(CommandLine line) {
        unknown.add(String.join(" ", line.argv()));
        return Answer.failed(127, "sh: 1: " + line.program() + ": not found");
    }
}
