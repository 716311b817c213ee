package io.infrabridge.runtime.operation;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Shortened;
import io.infrabridge.runtime.catalogue.ArgumentDecoder;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.testkit.hostile.ArgumentPositions;
import io.infrabridge.testkit.hostile.Canary;
import io.infrabridge.testkit.hostile.HostilePayloads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts every hostile payload into every place of the arguments of every operation of a worker: it is refused, or stays
 * one value in the steps that are planned. New operations are in it by being in the catalogue.
 */
public final class HostileArguments {
    private static final int MOST_SHOWN = 20;

    private final ArgumentDecoder decoder = new ArgumentDecoder();
    private final List<JsonNode> payloads = HostilePayloads.all(new Canary(Path.of("/tmp/canary")));
    private final OperationCatalogue catalogue;
    private final HostFacts facts;
    private final ScriptedHost host;
    private final List<String> defects = new ArrayList<>();
    private int places;
    private int refused;
    private int planned;

    public HostileArguments(Iterable<? extends Operation<?, ?, ?>> operations, ScriptedHost host) {
        this(operations, Rehearsal.UBUNTU, host);
    }

    /**
     * Operations that look alike on every distribution may be left out for the others.
     *
     * @param facts what is known of the host; of no interest where it is a cluster
     */
    public HostileArguments(Iterable<? extends Operation<?, ?, ?>> operations, HostFacts facts, ScriptedHost host) {
        this.facts = facts;
        this.catalogue = new OperationCatalogue(operations);
        this.host = host;
    }

    /** What the host, or the cluster's API, answers: such that a change with the schema's examples has something to do. */
    public interface ScriptedHost {
        Output answer(JsonNode arguments, List<String> command);
    }

    /** Throws where a payload is neither refused nor confined; prints how much was tried. */
    public void areRefusedOrConfined() {
        catalogue
                .descriptors()
                .forEach(action ->
                        tryAll(catalogue.find(action.tool(), action.action()).orElseThrow(), action));
        System.out.printf(
                "hostile arguments: %d payloads x %d places, %d refused, %d planned as one value%n",
                payloads.size(), places, refused, planned);
        if (!defects.isEmpty()) {
            throw new AssertionError(defects.size() + " hostile arguments were neither refused nor confined:\n"
                    + String.join("\n", defects.subList(0, Math.min(MOST_SHOWN, defects.size()))));
        }
    }

    private <I extends Record, F, O extends Record> void tryAll(
            Operation<I, F, O> operation, OperationDescriptor action) {
        JsonNode sample = ArgumentPositions.sample(action.inputSchema());
        List<Step> usual = new ArrayList<>();
        for (JsonNode arguments : ArgumentPositions.samples(action.inputSchema())) {
            Optional<List<Step>> steps = steps(operation, arguments);
            if (steps.isEmpty() || action.risk() != Risk.READ && !changes(steps.get())) {
                defects.add(action.tool() + " " + action.action() + " does nothing with " + arguments
                        + ": let the scripted host answer so that it does");
                return;
            }
            usual.addAll(steps.get());
        }
        List<JsonPointer> all = new ArrayList<>(ArgumentPositions.in(action.inputSchema()));
        all.remove(ArgumentPositions.TARGET);
        // what may be left out inside of an object may be null, too
        all.forEach(place -> steps(operation, ArgumentPositions.with(sample, place, NullNode.getInstance()))
                .ifPresent(usual::addAll));
        ConfinedSteps confined = new ConfinedSteps(operation.spec().programs(), usual);
        for (JsonPointer place : all) {
            places++;
            for (JsonNode payload : payloads) {
                if (!payload.equals(sample.at(place))) {
                    tryOne(operation, ArgumentPositions.with(sample, place, payload), confined, place, payload);
                }
            }
        }
    }

    private static boolean changes(List<Step> steps) {
        return steps.stream()
                .anyMatch(step -> step.sudo().isPresent()
                        || step instanceof Call call && call.request().method() != ApiRequest.Method.GET);
    }

    private <I extends Record, F, O extends Record> void tryOne(
            Operation<I, F, O> operation,
            JsonNode arguments,
            ConfinedSteps confined,
            JsonPointer place,
            JsonNode payload) {
        try {
            Optional<List<Step>> steps = steps(operation, arguments);
            if (steps.isEmpty()) {
                refused++;
                return;
            }
            planned++;
            steps.get().stream()
                    .flatMap(step -> confined.broken(step).stream())
                    .forEach(how -> defects.add(named(operation, place, payload) + how));
        } catch (RuntimeException e) {
            defects.add(named(operation, place, payload) + "failed: " + e);
        }
    }

    /** Everything that would be run, undo included; nothing where it is refused, which is said as it must be. */
    private <I extends Record, F, O extends Record> Optional<List<Step>> steps(
            Operation<I, F, O> operation, JsonNode arguments) {
        I in;
        try {
            in = decoder.decode(operation.spec(), arguments);
        } catch (InvalidArguments e) {
            return refused(e.failure());
        }
        F facts = facts(operation);
        Plan probe = operation.probe(in, facts);
        if (probe.refusal().isPresent()) {
            return refused(probe.refusal().get());
        }
        List<Step> looks = new ArrayList<>();
        Probed before = Probed.nothing();
        for (List<Step> next = probe.steps();
                !next.isEmpty();
                next = operation.further(in, facts, before).steps()) {
            looks.addAll(next);
            before = before.and(next.stream()
                    .map(step -> host.answer(arguments, step.command()))
                    .toList());
        }
        Plan plan = operation.plan(in, facts, before);
        if (plan.refusal().isPresent()) {
            return refused(plan.refusal().get());
        }
        List<Step> all = new ArrayList<>(looks);
        for (Step step : plan.steps()) {
            all.add(step);
            all.addAll(step.undo().foreseen(before));
            all.addAll(step.undo().after(before, before));
        }
        return Optional.of(all);
    }

    private static Optional<List<Step>> refused(Failure failure) {
        if (failure.hint().isBlank() || failure.message().contains("Exception")) {
            throw new IllegalStateException("a refusal that does not help: " + failure);
        }
        Json.bytes(failure);
        return Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private <F> F facts(Operation<?, F, ?> operation) {
        // the two families of operations are sealed, and each has one kind of facts
        return operation instanceof HostOperation
                ? (F) facts
                : (F) new ClusterFacts("lab", "https://127.0.0.1:6443/", "default");
    }

    private static String named(Operation<?, ?, ?> operation, JsonPointer place, JsonNode payload) {
        String text = new String(HostilePayloads.json(payload), StandardCharsets.US_ASCII);
        return operation.spec().tool() + " " + operation.spec().action() + " " + place + " = " + Shortened.to(120, text)
                + " ";
    }
}
