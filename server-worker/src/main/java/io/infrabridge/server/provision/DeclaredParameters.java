package io.infrabridge.server.provision;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.Part;
import io.infrabridge.server.nixos.Declaration;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.DeclaredPart;
import io.infrabridge.server.nixos.NixosHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parameters of the kernel on NixOS, where they are declared; see configuration.nix(5), {@code boot.kernel.sysctl}. A switch sets
 * those that are declared and leaves those that no longer are.
 */
record DeclaredParameters(List<SysctlEntry> wanted) {
    /** What NixOS makes of all declarations. */
    private static final String MADE = "/etc/sysctl.d/60-nixos.conf";

    private static final int SHOWN = 0;
    private static final int READ = 1;
    private static final int HOST = 2;

    DeclaredParameters {
        wanted = List.copyOf(wanted);
    }

    static DeclaredSection.Named of(List<SysctlEntry> wanted) {
        DeclaredParameters all = new DeclaredParameters(wanted);
        return new DeclaredSection.Named(
                KernelParameters.NAME,
                new DeclaredPart(all.looks(), seen -> Plan.nothing(), all::declaration, all::deviations));
    }

    private Plan looks() {
        List<Step> looks = new ArrayList<>(List.of(
                kernel().lookAtThem(),
                Run.of("Read what is set at boot", "cat", "--", MADE).accepting(0, 1)));
        looks.addAll(NixosHost.looks());
        return Plan.of(looks);
    }

    private KernelParameters kernel() {
        return new KernelParameters(wanted, SHOWN);
    }

    private Declaration declaration(Probed seen) {
        Plan set = kernel().set(seen);
        if (set.refusal().isPresent()) {
            return Declaration.refused(set);
        }
        Declaration declared = Declaration.of(this::declared).takingBack(kernel()::back);
        if (declared.builds(NixosHost.seen(seen, HOST))) {
            return declared;
        }
        // a switch sets again only what is declared otherwise than before
        return overruled(seen.get(READ))
                .map(Declaration::refused)
                .orElseGet(() -> declared.around(new Declaration.Around(List.of(), Optional.empty(), set.steps()))
                        .keeping(new Declaration.Around(set.steps(), Optional.empty(), List.of())));
    }

    private Declared declared(Declared before) {
        Declared all = before;
        for (SysctlEntry entry : wanted) {
            all = all.withSysctl(entry.key().value(), entry.value().value());
        }
        return all;
    }

    /** Whoever set it now would set it until the next boot only. */
    private Optional<Plan> overruled(Output made) {
        return wanted.stream()
                .filter(entry -> made.lines().stream().noneMatch((entry.key() + "=" + entry.value())::equals))
                .findFirst()
                .map(entry -> Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "The host does not take " + entry.value() + " for " + entry.key() + " although it is declared.",
                        "Its administrator's configuration may say otherwise, by mkForce."));
    }

    private List<Part.Deviation> deviations(Probed seen) {
        return kernel().changes(seen, NixosHost.seen(seen, HOST).built().sysctl()).stream()
                .map(Change::difference)
                .map(each -> new Part.Deviation(each.subject(), each.from(), each.to()))
                .toList();
    }
}
