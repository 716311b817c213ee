package io.infrabridge.server.nixos;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Brings a NixOS host to what is wanted: writes the declarations, lets nix check them, and switches to the system that
 * is built of them; see nixos-rebuild(8). Its undo writes the former ones back and goes back a generation.
 */
public final class Rebuild {
    /** sudo may not pass the search path on that names it. */
    public static final String CONFIGURATION = "nixos-config=" + NixosFiles.CONFIGURATION;

    private static final String WRITE = "install -m 0644 -T -- /dev/stdin ";
    private static final String MOVE = "mv -T -- " + NixosFiles.NEW_DATA + " " + NixosFiles.DATA;
    private static final String REMOVE = "rm -f -- ";

    private Rebuild() {}

    /** What an operation needs that declares something on NixOS. */
    public static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return Switching.allowed(spec.runningOn(Distro.NIXOS, "cat", "find", "install", "mv", "rm")
                .runningAsRoot(
                        WRITE + NixosFiles.NEW_DATA,
                        WRITE + NixosFiles.DATA,
                        MOVE,
                        REMOVE + NixosFiles.NEW_DATA,
                        REMOVE + NixosFiles.DATA));
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
        return unlessRunning(wanted, host, () -> {
            List<Step> steps = new ArrayList<>(declaring(wanted, host));
            steps.add(Switching.check());
            steps.add(Switching.now().undoneBy(taken(first, more)));
            return steps;
        });
    }

    /** The same with what goes before it, and under a guard where that is asked for and another system is to run. */
    static Plan around(Declared wanted, NixosHost host, int first, Declaration.Around around, Undo.Difference more) {
        Plan build = around.guard()
                .filter(guard -> !wanted.equals(host.declared()))
                .map(guard -> guarded(wanted, host, first, guard, more))
                .orElseGet(() -> to(wanted, host, first, more));
        return build.refusal().isPresent()
                ? build
                : Plan.of(Stream.concat(around.first().stream(), build.steps().stream())
                        .toList());
    }

    /**
     * The same under a way back that the host goes by itself: all is built and made the next system before the guard is set, so that
     * whenever it strikes, a rollback leads to the system that runs now.
     */
    private static Plan guarded(Declared wanted, NixosHost host, int first, Guard guard, Undo.Difference more) {
        return unlessRunning(wanted, host, () -> {
            List<Step> steps = new ArrayList<>(declaring(wanted, host));
            steps.add(Switching.check());
            steps.add(Switching.makeRunningTheLast());
            steps.add(Switching.next().undoneBy(taken(first, more)));
            steps.addAll(guard.set());
            // the host goes back from it by itself, and what is left then is taken back as the next system is
            steps.add(Switching.shortly()
                    .undoneBy(Undo.difference(before -> List.of(guard.struck()), (before, now) -> List.of())));
            steps.addAll(guard.called());
            return steps;
        });
    }

    private static Plan unlessRunning(Declared wanted, NixosHost host, Supplier<List<Step>> steps) {
        return host.runs(wanted)
                ? Plan.nothing()
                : host.refusal().or(() -> tooMuch(wanted)).orElseGet(() -> Plan.of(steps.get()));
    }

    private static Optional<Plan> tooMuch(Declared wanted) {
        int size = wanted.text().getBytes(StandardCharsets.UTF_8).length;
        return size <= Run.MOST_INPUT
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PAYLOAD_TOO_LARGE,
                        "All that is declared on the host would have " + size + " bytes, and " + Run.MOST_INPUT
                                + " are the most.",
                        "Declare large files in the configuration of the host, or bring them in a package."));
    }

    static List<Step> declaring(Declared wanted, NixosHost host) {
        if (host.data().filter(wanted.text()::equals).isPresent()) {
            return List.of();
        }
        return List.of(
                write("Write what is declared", NixosFiles.NEW_DATA, wanted.text())
                        .undoneBy(Undo.by(remove(NixosFiles.NEW_DATA))),
                // in one step, so that whoever builds meanwhile reads the former declarations or these
                Switching.run("Put it in its place", MOVE).undoneBy(Undo.by(former(host))));
    }

    private static Undo taken(int first, Undo.Difference more) {
        return Undo.difference(
                before -> List.of(Switching.back()),
                (before, now) -> Stream.concat(
                                taken(NixosHost.seen(before, first), NixosHost.seen(now, first)).stream(),
                                more.between(before, now).stream())
                        .toList());
    }

    private static List<Step> taken(NixosHost before, NixosHost now) {
        return Switching.taken(before.generations(), now.generations(), List.of(running(before)));
    }

    /** What it was built from; the file may have said something else, which was never built. */
    static Run running(NixosHost before) {
        return before.active().isPresent()
                ? write(
                        "Write what ran before",
                        NixosFiles.DATA,
                        before.declared().text())
                : former(before);
    }

    private static Run former(NixosHost before) {
        return before.data()
                .map(former -> write("Write the former declarations", NixosFiles.DATA, former))
                .orElseGet(() -> remove(NixosFiles.DATA));
    }

    private static Run write(String description, String file, String text) {
        return Switching.run(description, WRITE + file).reading(text);
    }

    private static Run remove(String file) {
        return Switching.run("Remove " + file, REMOVE + file);
    }

    /**
     * A way back that the host goes by itself.
     *
     * @param set what makes it ready
     * @param struck waits until it has been gone
     * @param called proves that it is not needed, and calls it off
     */
    public record Guard(List<Step> set, Step struck, List<Step> called) {
        public Guard {
            set = List.copyOf(set);
            called = List.copyOf(called);
        }
    }
}
