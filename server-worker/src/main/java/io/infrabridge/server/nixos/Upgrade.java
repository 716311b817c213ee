package io.infrabridge.server.nixos;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings a NixOS host to the newest revision of its channels: fetches them and switches to the system that is built from them.
 * What that system would be is told by an evaluation, which changes nothing; what a fetch would bring is not. Its undo goes back
 * to what was fetched before and to the generation before.
 */
public final class Upgrade {
    /** How many outputs of a probe it needs. */
    public static final int LOOKS = NixosHost.LOOKS + Channels.LOOKS + 1;

    private static final int CHANNELS = NixosHost.LOOKS;
    private static final int EVALUATED = LOOKS - 1;
    private static final Pattern PATH = Pattern.compile("\\s*\"(/nix/store/[^\"\\s]{1,250})\"\\s*");

    private Upgrade() {}

    public static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return Rebuild.allowed(spec.runningOn(Distro.NIXOS, "find", "nix-channel", "nix-instantiate"))
                .runningAsRoot(Channels.AS_ROOT);
    }

    /** A probe begins with these. */
    public static List<Run> looks(int minutes) {
        List<Run> looks = new ArrayList<>(NixosHost.looks());
        looks.addAll(Channels.looks(minutes));
        looks.add(Run.of(
                        "Evaluate which system would be built",
                        "nix-instantiate",
                        "--eval",
                        "--json",
                        "-I",
                        Rebuild.CONFIGURATION,
                        "-A",
                        "system.outPath",
                        "<nixpkgs/nixos>")
                .within(Duration.ofMinutes(10))
                .accepting(0, 1));
        return looks;
    }

    /** Whether the channels were fetched a short while ago. */
    public static boolean fresh(Probed seen) {
        return Channels.seen(seen, CHANNELS).fresh();
    }

    /**
     * Nothing where the system that runs is the one that would be built.
     *
     * @param fetching whether channels that were not fetched a short while ago are fetched first
     */
    public static Plan plan(boolean fetching, Probed before) {
        Channels channels = Channels.seen(before, CHANNELS);
        if (channels.current().isEmpty()) {
            return Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    "root has no channels on this host, from which it could be updated.",
                    "Subscribe root to one (nix-channel --add URL nixos, nix-channel --update), or, where the host is built from a"
                            + " flake, update that where it is kept.");
        }
        Output evaluated = before.get(EVALUATED);
        if (!evaluated.succeeded()) {
            return Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    "The configuration of the host cannot be evaluated: " + NixSaid.innermost(evaluated.error()),
                    "Mend it on the host; the account that is logged in to must be able to read all of it.");
        }
        NixosHost host = NixosHost.seen(before);
        boolean runs = host.runs(host.declared());
        boolean stale = fetching && !channels.fresh();
        if (runs && !stale && host.generations().are(built(evaluated))) {
            return Plan.nothing();
        }
        Optional<Plan> refusal = runs ? Optional.empty() : host.refusal();
        return refusal.orElseGet(() -> Plan.of(steps(host, runs, channels, stale)));
    }

    private static List<Step> steps(NixosHost host, boolean runs, Channels channels, boolean stale) {
        List<Step> steps = new ArrayList<>();
        if (!runs) {
            // declarations of a change that failed must not come along
            steps.addAll(Rebuild.declaring(host.declared(), host));
        }
        if (stale) {
            steps.add(Channels.fetch().undoneBy(Undo.difference(before -> channels.back(), Upgrade::fetchedBack)));
        }
        steps.add(Switching.check());
        steps.add(Switching.now().undoneBy(Undo.difference(before -> List.of(Switching.back()), Upgrade::taken)));
        return steps;
    }

    private static List<Step> fetchedBack(Probed before, Probed now) {
        Channels former = Channels.seen(before, CHANNELS);
        return former.current().equals(Channels.seen(now, CHANNELS).current()) ? List.of() : former.back();
    }

    /** Where the former system must be built, it is built from the former channels. */
    private static List<Step> taken(Probed before, Probed now) {
        NixosHost former = NixosHost.seen(before);
        List<Step> sources = new ArrayList<>(fetchedBack(before, now));
        sources.add(Rebuild.running(former));
        return Switching.taken(former.generations(), NixosHost.seen(now).generations(), sources);
    }

    private static String built(Output evaluated) {
        Matcher path = PATH.matcher(evaluated.text());
        if (!path.matches()) {
            throw new UnexpectedOutput("nix-instantiate: no path of a system");
        }
        return path.group(1);
    }
}
