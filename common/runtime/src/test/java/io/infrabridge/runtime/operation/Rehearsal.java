package io.infrabridge.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Risk;
import io.infrabridge.runtime.catalogue.ArgumentDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Plays an operation as the runner does, from its arguments as JSON to its output as JSON, and checks at every turn what
 * must hold for all: it runs only programs that it declares, its looks run nothing as root that could change anything,
 * and one that only reads plans no steps.
 */
public final class Rehearsal<I extends Record, O extends Record> {
    public static final Instant FACTS_READ_AT = Instant.parse("2026-11-29T00:30:00Z");
    public static final HostFacts UBUNTU = host(Distro.UBUNTU);

    private final HostOperation<I, O> operation;
    private final HostFacts host;
    private final I in;

    public Rehearsal(HostOperation<I, O> operation, String arguments) {
        this(operation, UBUNTU, arguments);
    }

    public Rehearsal(HostOperation<I, O> operation, HostFacts host, String arguments) {
        this.operation = operation;
        this.host = host;
        in = new ArgumentDecoder().decode(operation.spec(), Json.parse(arguments.replace('\'', '"')));
    }

    public static HostFacts host(Distro distro) {
        return new HostFacts("app1", distro, Map.of(), "6.1.0", "x86_64", "infra", 1000, FACTS_READ_AT);
    }

    public List<List<String>> probe() {
        Plan probe = operation.probe(in, host);
        assertThat(probe.refusal()).isEmpty();
        return commands(probe.steps());
    }

    /** What is looked at next after this was seen. */
    public List<List<String>> further(Output... seen) {
        return commands(operation.further(in, host, Probed.of(seen)).steps());
    }

    public Failure refusedProbe() {
        return operation.probe(in, host).refusal().orElseThrow();
    }

    public List<List<String>> plan(Output... before) {
        Plan plan = planned(before);
        assertThat(plan.refusal()).isEmpty();
        return commands(plan.steps());
    }

    public Failure refusal(Output... before) {
        return planned(before).refusal().orElseThrow(() -> new AssertionError("planned"));
    }

    public List<List<String>> foreseenUndo(Output... before) {
        return planned(before).steps().stream()
                .flatMap(step -> commands(step.undo().foreseen(Probed.of(before))).stream())
                .toList();
    }

    public List<List<String>> undo(List<Output> before, List<Output> now) {
        return planned(before.toArray(Output[]::new)).steps().stream()
                .flatMap(step -> commands(step.undo().after(new Probed(before), new Probed(now))).stream())
                .toList();
    }

    public JsonNode seen(Output... probe) {
        return Json.tree(operation.parse(in, host, Outputs.seen(probe)));
    }

    public JsonNode changed(List<Output> before, List<Output> after) {
        return Json.tree(operation.parse(in, host, new Outputs(new Probed(before), List.of(), new Probed(after))));
    }

    /** As root, where the step that has this command says so. */
    public boolean asRoot(Output... before) {
        return planned(before).steps().stream().allMatch(step -> step.sudo().isPresent());
    }

    private Plan planned(Output... before) {
        assertThat(commands(looks(before))).hasSameSizeAs(before);
        Plan plan = operation.plan(in, host, Probed.of(before));
        if (operation.spec().risk() == Risk.READ) {
            assertThat(plan.steps()).isEmpty();
        }
        return plan;
    }

    private List<Step> looks(Output... answers) {
        List<Step> looks = new ArrayList<>(operation.probe(in, host).steps());
        List<Step> more = looks;
        while (!more.isEmpty() && looks.size() <= answers.length) {
            more = operation
                    .further(in, host, Probed.of(Arrays.copyOf(answers, looks.size())))
                    .steps();
            looks.addAll(List.copyOf(more));
        }
        return looks;
    }

    private List<List<String>> commands(List<Step> steps) {
        Programs declared = operation.spec().allowance();
        for (Step step : steps) {
            Step look = step instanceof WaitFor wait ? wait.look() : step;
            assertThat(declared.byDistro().get(host.distro()))
                    .containsAll(
                            look instanceof Run run
                                    ? run.programs()
                                    : List.of(look.command().get(0)));
            if (look instanceof Run run && run.sudo().isPresent()) {
                assertThat(declared.permitAsRoot(run))
                        .as("%s as root", run.argv())
                        .isTrue();
            }
        }
        return steps.stream().map(Step::command).toList();
    }
}
