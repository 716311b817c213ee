package io.infrabridge.server.nixos;

import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How a NixOS host goes over to another system and back; see nixos-rebuild(8) and nix-env(1). */
public final class Switching {
    /** How long a switch may take at which nothing is left to build; it is ended on the host then. */
    public static final Duration SHORTLY = Duration.ofMinutes(3);
    /** Leads to the generation before the current one, without a look at any configuration. */
    public static final String BACK = "nixos-rebuild switch --rollback";

    private static final Duration TO_EVALUATE = Duration.ofMinutes(10);
    private static final Duration TO_BUILD = Duration.ofMinutes(60);
    private static final String WHY = "the system of the whole host is built anew";
    private static final String CHECK = "nixos-rebuild dry-build -I " + Rebuild.CONFIGURATION;
    private static final String SWITCH = "nixos-rebuild switch -I " + Rebuild.CONFIGURATION;
    private static final String BOOT = "nixos-rebuild boot -I " + Rebuild.CONFIGURATION;
    private static final String LAST =
            "nix-env --profile " + NixosFiles.PROFILES + "/system --set " + NixosFiles.RUNNING;

    private Switching() {}

    /** What an operation needs that builds the system anew. */
    static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return spec.runningOn(Distro.NIXOS, "find", "nixos-rebuild").runningAsRoot(CHECK, SWITCH, BACK);
    }

    /** Besides, what an operation needs that does so under a guard. */
    public static <I extends Record, O extends Record> OperationSpec<I, O> guarded(OperationSpec<I, O> spec) {
        return spec.runningOn(Distro.NIXOS, "nix-env").runningAsRoot(LAST, BOOT);
    }

    static Run check() {
        return run("Let nix check the configuration", CHECK).within(TO_EVALUATE);
    }

    static Run now() {
        return run("Build the system and switch to it", SWITCH).toItsEndWithin(TO_BUILD);
    }

    /**
     * What takes a switch back, or a system that was only made the next one.
     *
     * @param former makes what is built what it was built from before
     */
    static List<Step> taken(Generations before, Generations now, List<? extends Step> former) {
        // a build that failed has left no generation, and a rollback would then lead to the wrong one
        if (now.backAt(before)) {
            return List.of();
        }
        if (now.previous().equals(before.running())) {
            return List.of(back());
        }
        // somebody had gone back before: only what it was built from leads there
        List<Step> steps = new ArrayList<>(former);
        steps.add(now());
        return steps;
    }

    /** Whoever had gone back has other generations after it; a new one of the same system has none. */
    static Run makeRunningTheLast() {
        return run("Make the running system the last generation, for a rollback to lead to it", LAST);
    }

    static Run next() {
        return run("Build the system and make it the next one", BOOT).toItsEndWithin(TO_BUILD);
    }

    static Run shortly() {
        return run("Switch to it", SWITCH).toItsEndWithin(SHORTLY);
    }

    static Run back() {
        return run("Go back to the system before", BACK).toItsEndWithin(TO_BUILD);
    }

    /** None of the words has a blank. */
    static Run run(String description, String command) {
        return Run.of(description, command.split(" ")).asRoot(WHY);
    }
}
