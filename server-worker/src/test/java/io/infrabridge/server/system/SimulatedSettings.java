package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The programs of a host that has a name, a time zone and accounts, and nothing else; what they print is as captured. */
final class SimulatedSettings implements Function<List<String>, Output> {
    static final String PRACTICE = "practice";
    private static final String NEVER = "-1";

    private final Map<String, String> files = new TreeMap<>();
    private final String keys;
    private String hostname = "app2";
    private String zone = "Etc/UTC";
    private boolean account;
    private boolean passwordLocked;
    private String expires = NEVER;

    /** A host without the account. */
    SimulatedSettings(String keys) {
        this.keys = keys;
    }

    /** A host with it. */
    SimulatedSettings(boolean passwordLocked, String expires) {
        this("");
        account = true;
        this.passwordLocked = passwordLocked;
        this.expires = expires;
    }

    /** All that must be as it began. */
    String state() {
        return String.join(" ", hostname, zone, account + "", passwordLocked + "", expires, files.toString());
    }

    @Override
    public Output apply(List<String> argv) {
        String last = argv.get(argv.size() - 1);
        return switch (argv.get(0)) {
            case "hostnamectl" -> argv.contains("set-hostname") ? named(last) : Output.of(hostname + "\n");
            case "uname" -> Output.of(hostname + "\n");
            case "timedatectl" -> argv.contains("set-timezone") ? located(last) : Captured.output("timedatectl-zones");
            case "readlink" -> Output.of("/usr/share/zoneinfo/" + zone + "\n");
            case "date" -> Captured.output("date-utc");
            case "getent" -> entries(argv);
            case "id" -> account ? Captured.output("id-practice") : Captured.error(1, "id-unknown");
            case "stat" ->
                files.containsKey(last) ? Captured.output("stat-home") : Captured.error(1, "stat-home-missing");
            case "cat" -> file(last);
            case "passwd" -> Captured.output(passwordLocked ? "passwd-locked" : "passwd-usable");
            case "chage" -> Output.of(chage());
            case "useradd", "userdel" -> account(argv.get(0).equals("useradd"));
            case "install" -> installed(argv);
            case "usermod" -> modified(argv);
            default -> throw new AssertionError(argv);
        };
    }

    private Output named(String name) {
        hostname = name;
        return Output.of("");
    }

    private Output located(String name) {
        zone = name;
        return Output.of("");
    }

    private Output entries(List<String> argv) {
        if (argv.get(1).equals("passwd")) {
            return account ? Captured.output("getent-passwd-practice") : Captured.error(2, "getent-passwd-unknown");
        }
        return account
                ? Captured.output("getent-group-practice")
                : new Output(2, Captured.text("getent-group-new"), "", false);
    }

    private Output file(String path) {
        return path.equals("/etc/shells")
                ? Captured.output("cat-shells")
                : Optional.ofNullable(files.get(path))
                        .map(Output::of)
                        .orElseGet(() -> Captured.error(1, "stat-home-missing"));
    }

    private String chage() {
        return Captured.text(
                switch (expires) {
                    case NEVER -> "chage-open";
                    case AccountLock.LONG_AGO -> "chage-expired";
                    case "2027-01-31" -> "chage-later";
                    default -> throw new AssertionError(expires);
                });
    }

    /** With its home directory, which useradd makes and userdel takes. */
    private Output account(boolean there) {
        account = there;
        new TreeSet<>(files.keySet())
                .stream().filter(path -> path.startsWith("/home/" + PRACTICE)).forEach(files::remove);
        if (there) {
            files.put("/home/" + PRACTICE, "");
        }
        return Output.of("");
    }

    private Output installed(List<String> argv) {
        // what it reads is shown by its hash where a command is shown
        boolean writes = argv.contains("/dev/stdin");
        files.put(argv.get(argv.size() - (writes ? 2 : 1)), writes ? keys : "");
        return Output.of("");
    }

    private Output modified(List<String> argv) {
        passwordLocked = argv.contains("--lock") || passwordLocked && !argv.contains("--unlock");
        expires = argv.contains("--expiredate=-1") ? NEVER : argv.get(argv.indexOf("--expiredate") + 1);
        return Output.of("");
    }
}
