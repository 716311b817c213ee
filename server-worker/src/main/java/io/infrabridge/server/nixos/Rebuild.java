package io.infrabridge.server.nixos;

import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings a NixOS host to what is wanted: writes the declarations, lets nix check them, and switches to the system that
 * is built of them; see nixos-rebuild(8). Its undo writes the former ones back and goes back a generation.
 */
public final class Rebuild {
    private static final Duration TO_EVALUATE = Duration.ofMinutes(10);
    private static final Duration TO_BUILD = Duration.ofMinutes(60);
    private static final String WHY = "the system of the whole host is built anew";
    /** sudo may not pass the search path on that names it. */
    public static final String CONFIGURATION = "nixos-config=" + NixosFiles.CONFIGURATION;

    private static final String WRITE = "install -m 0644 -T -- /dev/stdin ";
    private static final String MOVE = "mv -T -- " + NixosFiles.NEW_DATA + " " + NixosFiles.DATA;
    private static final String REMOVE = "rm -f -- ";
    private static final String CHECK = "nixos-rebuild dry-build -I " + CONFIGURATION;
    private static final String SWITCH = "nixos-rebuild switch -I " + CONFIGURATION;
    private static final String BACK = "nixos-rebuild switch --rollback";

    private Rebuild() {}

    /** What an operation needs that declares something on NixOS. */
    public static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return spec.runningOn(Distro.NIXOS, "cat", "find", "install", "mv", "nixos-rebuild", "rm")
                .runningAsRoot(
                        WRITE + NixosFiles.NEW_DATA,
                        WRITE + NixosFiles.DATA,
                        MOVE,
                        REMOVE + NixosFiles.NEW_DATA,
                        REMOVE + NixosFiles.DATA,
                        CHECK,
                        SWITCH,
                        BACK);
    }

    /** Nothing where the running system is already the wanted one; a probe's first looks are {@link NixosHost#looks}. */
    public static Plan to(Declared wanted, NixosHost host) {
        return to(wanted, host, 0, (before, now) -> List.of());
    }

    /**
     * Nothing where the running system is already the wanted one.
     *
     * @param first where in the operation's probe the {@link NixosHost#looks} begin
     * @param more what is to be taken back besides, once the former system runs again
     */
    public static Plan to(Declared wanted, NixosHost host, int first, Undo.Difference more) {
        return host.runs(wanted)
                ? Plan.nothing()
                : host.refusal().orElseGet(() -> Plan.of(steps(wanted, host, first, more)));
    }

    private static List<Step> steps(Declared wanted, NixosHost host, int first, Undo.Difference more) {
        List<Step> steps = new ArrayList<>();
        if (host.data().filter(wanted.text()::equals).isEmpty()) {
            steps.add(write("Write what is declared", NixosFiles.NEW_DATA, wanted.text())
                    .undoneBy(Undo.by(remove(NixosFiles.NEW_DATA))));
            // in one step, so that whoever builds meanwhile reads the former declarations or these
            steps.add(run("Put it in its place", MOVE).undoneBy(Undo.by(former(host))));
        }
        steps.add(run("Let nix check the configuration", CHECK).within(TO_EVALUATE));
        steps.add(build().undoneBy(Undo.difference(
                before -> List.of(back()),
                (before, now) -> Stream.concat(
                                taken(NixosHost.seen(before, first), NixosHost.seen(now, first)).stream(),
                                more.between(before, now).stream())
                        .toList())));
        return steps;
    }

    /** A build that failed has left no generation, and a rollback would then lead to the wrong one. */
    private static List<Step> taken(NixosHost before, NixosHost now) {
        if (now.generations().current().equals(before.generations().current())) {
            return List.of();
        }
        return now.generations().previous().equals(before.generations().current())
                ? List.of(back())
                // somebody had gone back before: only the former declarations lead there
                : List.of(former(before), build());
    }

    private static Run former(NixosHost before) {
        return before.data()
                .map(former -> write("Write the former declarations", NixosFiles.DATA, former))
                .orElseGet(() -> remove(NixosFiles.DATA));
    }

    private static Run write(String description, String file, String text) {
        return run(description, WRITE + file).reading(text);
    }

    private static Run remove(String file) {
        return run("Remove " + file, REMOVE + file);
    }

    private static Run build() {
        return run("Build the system and switch to it", SWITCH).toItsEndWithin(TO_BUILD);
    }

    private static Run back() {
        return run("Go back to the system before", BACK).toItsEndWithin(TO_BUILD);
    }

    /** None of the words has a blank. */
    private static Run run(String description, String command) {
        return Run.of(description, command.split(" ")).asRoot(WHY);
    }
}
