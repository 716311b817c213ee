package io.infrabridge.server.nixos;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import java.util.Optional;

/**
 * A NixOS host as far as what is declared on it goes; see configuration.nix(5).
 *
 * @param data our file of declarations
 * @param module the module that reads them; absent where nobody has put it there
 * @param imported whether the configuration lets the module in
 * @param active what the running system was built from; absent where it was built without the module
 */
public record NixosHost(
        Optional<String> data,
        Optional<String> module,
        boolean imported,
        Optional<String> active,
        Generations generations) {
    /** How many outputs of a probe it is read from. */
    public static final int LOOKS = 5;

    private static final String IMPORT = "add ./infrabridge.nix to the imports in " + NixosFiles.CONFIGURATION
            + ": imports = [ ./hardware-configuration.nix ./infrabridge.nix ];";

    /** What to look at, in the order in which {@link #seen} takes the outputs. */
    public static List<Run> looks() {
        return List.of(
                read("Read what is declared", NixosFiles.DATA),
                read("Read the module", NixosFiles.MODULE),
                read("Look whether the module is imported", NixosFiles.CONFIGURATION),
                read("Read what the running system was built from", NixosFiles.ACTIVE),
                Run.of(
                        "List the systems that the host keeps, and the one that runs",
                        "find",
                        NixosFiles.PROFILES,
                        NixosFiles.RUNNING,
                        "-maxdepth",
                        "1",
                        "-name",
                        "*system*",
                        "-printf",
                        "%f %l\\n"));
    }

    /** Of a probe whose first outputs are those of the {@link #looks}. */
    public static NixosHost seen(Probed probed) {
        return seen(probed, 0);
    }

    /**
     * Of any probe.
     *
     * @param first which of its outputs is the first of the {@link #looks}
     */
    public static NixosHost seen(Probed probed, int first) {
        Optional<String> active = file(NixosFiles.ACTIVE, probed.get(first + 3));
        return new NixosHost(
                file(NixosFiles.DATA, probed.get(first)),
                file(NixosFiles.MODULE, probed.get(first + 1)),
                active.isPresent() || imports(probed.get(first + 2)),
                active,
                Generations.parse(probed.get(first + 4)));
    }

    /**
     * What changes start from: what runs. Declarations that were written and never built, or that the host has gone back
     * from, are those of a change that failed.
     */
    public Declared declared() {
        return active.or(() -> data).map(Declared::parse).orElseGet(Declared::nothing);
    }

    /** What the running system was built from. */
    public Declared built() {
        return active.map(Declared::parse).orElseGet(Declared::nothing);
    }

    /** Whether the running system is one of these declarations, and the next one that is built will be, too. */
    public boolean runs(Declared wanted) {
        return declared().equals(wanted)
                && data.map(Declared::parse).orElseGet(Declared::nothing).equals(wanted)
                && (active.isPresent() || data.isEmpty());
    }

    /** Why nothing can be declared here, where it cannot. */
    public Optional<Plan> refusal() {
        if (module.isEmpty()) {
            return Optional.of(Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    "There is no " + NixosFiles.MODULE + ", by which things can be declared on the host.",
                    "Copy deploy/nixos/infrabridge.nix to it, and " + IMPORT));
        }
        if (!module.get().equals(NixosFiles.MODULE_TEXT)) {
            return Optional.of(Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    NixosFiles.MODULE + " is not the module that belongs to this version of Infrabridge.",
                    "Copy deploy/nixos/infrabridge.nix of this version over it."));
        }
        return imported
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        NixosFiles.CONFIGURATION + " does not import " + NixosFiles.MODULE + ".",
                        "Once, " + IMPORT));
    }

    private static Run read(String description, String file) {
        return Run.of(description, "cat", "--", file).accepting(0, 1);
    }

    private static Optional<String> file(String name, Output read) {
        if (read.succeeded() && !read.truncated()) {
            return Optional.of(read.text());
        }
        if (!read.succeeded() && read.error().contains("No such file or directory")) {
            return Optional.empty();
        }
        throw new UnexpectedOutput(name + " cannot be read: " + (read.truncated() ? "it is too long" : read.error()));
    }

    /** Comments do not import; what a configuration that cannot be read imports is not known. */
    private static boolean imports(Output configuration) {
        return configuration
                .text()
                .lines()
                .map(line -> line.split("#", 2)[0])
                .anyMatch(line -> line.contains("./infrabridge.nix") || line.contains(NixosFiles.MODULE));
    }
}
