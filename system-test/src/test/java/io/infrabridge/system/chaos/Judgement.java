package io.infrabridge.system.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Holds what clients were told against what stands on the topics and on the hosts. */
final class Judgement {
    /** These say themselves that the host has to be looked at. */
    private static final Set<State> TOLD = Set.of(State.INDETERMINATE, State.ROLLBACK_FAILED);

    private final Map<String, JsonNode> ends;
    private final Map<String, List<Bus.Message>> results;
    private final Findings findings;

    /**
     * @param ends what a client sees, by the operation's id
     * @param results every result on the topic, by the operation's id, in its order
     */
    Judgement(Map<String, JsonNode> ends, Map<String, List<Bus.Message>> results, Findings findings) {
        this.ends = ends;
        this.results = results;
        this.findings = findings;
    }

    void of(Fate fate) {
        fate.refusals().forEach(why -> findings.count("refused " + why));
        fate.wrong().forEach(answer -> findings.defect("%s: no client should be answered %s", fate, answer));
        if (fate.ids().size() > 1) {
            findings.defect("%s: one key, several operations", fate);
        }
        Undertaking what = fate.undertaking();
        if (what.timesRestarted() > 1) {
            findings.defect("%s: ran %d times: %s", fate, what.timesRestarted(), effects(what));
        }
        if (fate.id().isPresent()) {
            accepted(fate, fate.id().get());
        } else if (fate.unclear()) {
            findings.count("never clear whether accepted");
        } else {
            findings.count("never accepted");
            if (!what.untouched()) {
                findings.defect("%s: every attempt was refused, and yet: %s", fate, effects(what));
            }
        }
    }

    private void accepted(Fate fate, String id) {
        Undertaking what = fate.undertaking();
        Optional<JsonNode> end = Optional.ofNullable(ends.get(id)).filter(Ends::ended);
        if (end.isEmpty()) {
            findings.defect(
                    "%s: has no end: %s",
                    fate,
                    Optional.ofNullable(ends.get(id))
                            .map(seen -> seen.path("state") + " " + seen.path("error"))
                            .orElse("nobody knows it"));
            return;
        }
        JsonNode operation = end.get();
        State state = State.valueOf(operation.path("state").asText());
        findings.count(what.kind() + " " + state);
        if (state != State.SUCCEEDED) {
            findings.count("why " + what.kind() + " " + state + " "
                    + operation.at("/error/category").asText());
        }
        onTheTopic(fate, id, state);
        onTheHost(fate, operation, state);
        afterwards(fate, operation);
    }

    private void onTheTopic(Fate fate, String id, State state) {
        List<Bus.Message> all = results.getOrDefault(id, List.of());
        if (all.isEmpty()) {
            findings.defect("%s: is %s, but no result stands on the topic", fate, state);
            return;
        }
        State first = state(all.get(0));
        if (first != state) {
            findings.defect("%s: a client sees %s, the first result says %s", fate, state, first);
        }
        boolean same = all.stream()
                .allMatch(message -> Arrays.equals(message.value(), all.get(0).value())
                        && message.eventId().equals(all.get(0).eventId()));
        if (!same && fate.undertaking().kind().read()) {
            // a read is not in the ledger: after a crash it is made again, and the first answer counts
            findings.count("reads answered once more, differently");
        } else if (!same) {
            findings.defect(
                    "%s: has different results: %s",
                    fate,
                    all.stream()
                            .map(message -> new String(message.value(), java.nio.charset.StandardCharsets.UTF_8))
                            .toList());
        }
    }

    private static State state(Bus.Message message) {
        return State.valueOf(Json.parse(message.value()).path("state").asText());
    }

    private void onTheHost(Fate fate, JsonNode operation, State state) {
        Undertaking what = fate.undertaking();
        boolean asTold = state == State.SUCCEEDED ? what.done() : what.untouched();
        if (TOLD.contains(state) || asTold) {
            return;
        }
        boolean ranToItsEnd = what.kind() == Undertaking.Kind.RESTART
                && what.done()
                && StreamSupport.stream(operation.path("steps").spliterator(), false)
                        .anyMatch(step -> step.at("/command/1").asText().equals("restart"));
        if (ranToItsEnd) {
            // what cannot be taken back is told with its steps
            findings.count("restarts that are told as run though " + state);
            return;
        }
        findings.defect("%s: is %s, but on the host: %s; it was told: %s", fate, state, effects(what), operation);
    }

    /** What is over stays over. */
    private void afterwards(Fate fate, JsonNode operation) {
        Instant finished = Instant.parse(operation.path("finished_at").asText());
        fate.undertaking().host().state().effects(fate.undertaking().subject()).stream()
                .filter(effect -> effect.at().isAfter(finished))
                .forEach(effect -> findings.defect(
                        "%s: %s at %s, after its end at %s as %s: %s",
                        fate,
                        effect.what(),
                        effect.at(),
                        finished,
                        operation.path("state").asText(),
                        operation.path("error")));
    }

    private static String effects(Undertaking what) {
        return what.host().state().effects(what.subject()).toString();
    }
}
