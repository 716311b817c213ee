package io.infrabridge.system.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What came of hostile requests: how many were refused, what the others ran, and what must not have happened. */
final class Account {
    private static final Pattern INSIDE =
            Pattern.compile("io\\.infrabridge\\.|com\\.fasterxml|java\\.(lang|util|io)\\.[A-Z]"
                    + "|\\tat |NullPointer|StackOverflow|[a-z]Exception");

    private final Set<List<String>> reported = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> defects = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger run = new AtomicInteger();

    void refused(String request, String category, String hint) {
        refused.incrementAndGet();
        if (category.isEmpty() || category.equals("INTERNAL") || hint.isBlank()) {
            defects.add(request + " was refused with the category '" + category + "' and the hint '" + hint + "'");
        }
    }

    /** An operation in a terminal state, whatever its way was. */
    void ended(String request, Place place, JsonNode payload, JsonNode operation) {
        String state = operation.path("state").asText();
        JsonNode error = operation.path("error");
        if (state.equals("REJECTED")) {
            refused(request, error.path("category").asText(), error.path("hint").asText());
            return;
        }
        run.incrementAndGet();
        if (!state.equals("SUCCEEDED") && !state.equals("FAILED") && !state.startsWith("ROLL")
                || error.path("category").asText().equals("INTERNAL")) {
            defects.add(request + " ended as " + state + " " + error);
        }
        operation.path("steps").forEach(step -> {
            List<String> argv = words(step.path("command"));
            reported.add(argv);
            step.path("undo").forEach(undo -> reported.add(words(undo)));
            if (!place.action().programs().isEmpty()
                    && !place.action().programs().contains(argv.get(0))) {
                defects.add(request + " ran what is not declared: " + argv);
            }
            if (payload instanceof TextNode text && readAsOption(argv, text.asText())) {
                defects.add(request + " became an option: " + argv);
            }
        });
    }

    private static List<String> words(JsonNode argv) {
        return argv.valueStream().map(JsonNode::asText).toList();
    }

    private static boolean readAsOption(List<String> argv, String payload) {
        int end = argv.indexOf("--");
        return payload.startsWith("-")
                && argv.subList(1, end < 0 ? argv.size() : end).contains(payload);
    }

    /** Answers tell what is wrong with the request, not of what the service is made. */
    void said(String request, JsonNode payload, String text) {
        // what was sent may be quoted
        if (tellsOfTheInside(text) && !tellsOfTheInside(payload.toString())) {
            defects.add(request + " was told of the inside: " + text.substring(0, Math.min(400, text.length())));
        }
    }

    static boolean tellsOfTheInside(String text) {
        return INSIDE.matcher(text).find();
    }

    void defect(String request, String what) {
        defects.add(request + " " + what);
    }

    List<String> defects() {
        return List.copyOf(defects);
    }

    /** What was executed and no operation reported. */
    List<List<String>> unreported(Set<List<String>> executed) {
        Set<List<String>> known = new HashSet<>(reported);
        known.addAll(FACTS);
        // a step may itself say how long its program may run
        reported.forEach(argv -> known.add(withoutLimits(argv)));
        return executed.stream()
                .filter(argv -> !known.contains(argv) && !known.contains(withoutLimits(argv)))
                .toList();
    }

    /** What every operation asks of a host before it does anything. */
    private static final List<List<String>> FACTS = List.of(
            List.of("cat", "/etc/os-release"),
            List.of("uname", "-n", "-r", "-m"),
            List.of("id", "-u"),
            List.of("id", "-un"));

    /** Without the limit or the privilege that the execution layer puts before a program. */
    private static List<String> withoutLimits(List<String> argv) {
        if (argv.size() > 4 && argv.subList(0, 2).equals(List.of("timeout", "-k"))) {
            return argv.subList(4, argv.size());
        }
        int end = argv.indexOf("--");
        return argv.get(0).equals("sudo") && end > 0 ? new ArrayList<>(argv.subList(end + 1, argv.size())) : argv;
    }

    @Override
    public String toString() {
        return refused + " refused, " + run + " run";
    }
}
