package io.infrabridge.runtime.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.StepReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the steps of one operation look like with usual arguments, and how steps with hostile ones differ from that. */
final class ConfinedSteps {
    private final Set<String> programs;
    private final Set<String> usualWords = new HashSet<>();
    private final Set<String> usualShapes;

    ConfinedSteps(Set<String> programs, List<Step> usual) {
        this.programs = programs;
        usual.forEach(step -> usualWords.addAll(step.command()));
        this.usualShapes = usual.stream().map(ConfinedSteps::shape).collect(Collectors.toSet());
    }

    /** What a payload made of the step that no value may, where it did. */
    List<String> broken(Step step) {
        List<String> found = new ArrayList<>();
        if (step instanceof WaitFor wait) {
            found.addAll(broken(wait.look()));
        } else if (step instanceof ReadProc read) {
            found.addAll(broken(read.asRun()));
        } else if (step instanceof Confirm confirm) {
            found.addAll(broken(confirm.asRun()));
        } else if (step instanceof Run run) {
            if (!programs.containsAll(run.programs())) {
                found.add("runs " + run.programs() + ", not all of which are declared");
            }
            found.addAll(options(run));
        }
        if (!usualShapes.contains(shape(step))) {
            found.add("makes other steps than usual: " + step.command());
        }
        if (!step.command().stream().allMatch(StandardCharsets.UTF_8.newEncoder()::canEncode)) {
            found.add("has no UTF-8");
        }
        reported(step).ifPresent(found::add);
        return found;
    }

    /** A word that begins with a hyphen, before the end of options, is the operation's own or none. */
    private List<String> options(Run run) {
        int end = run.argv().indexOf("--");
        List<String> before = end < 0 ? run.argv() : run.argv().subList(0, end);
        return before.stream()
                .filter(word -> word.startsWith("-") && !usualWords.contains(word))
                // the name of a timer is made from a digest of the values
                .filter(word -> !word.matches("--unit=infrabridge-[a-z0-9-]{1,80}"))
                .map(word -> "has the option " + word + " in " + run.argv())
                .toList();
    }

    /** It must fit into the report of an operation, whatever its length. */
    private static Optional<String> reported(Step step) {
        try {
            Json.bytes(new StepReport(
                    StepReport.Phase.CHANGE,
                    step.description(),
                    step.command(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    List.of(),
                    step.sudo()));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("cannot be reported: " + e.getMessage());
        }
    }

    /** What a value must not alter: the number of words before the end of options, or the structure of a request. */
    private static String shape(Step step) {
        if (step instanceof Call call) {
            String[] parts = call.request().path().split("\\?", 2);
            String query = parts.length == 1 ? "" : parts[1].replaceAll("=[^&=]*(?=&|$)", "=");
            return call.request().method() + " "
                    + parts[0].chars().filter(c -> c == '/').count() + " " + parts[0].contains("/..") + " " + query
                    + " " + call.request().body().map(ConfinedSteps::names).orElse("");
        }
        List<String> argv = step.command();
        int end = argv.indexOf("--");
        return argv.get(0) + " " + (end < 0 ? argv.size() : end);
    }

    private static String names(JsonNode body) {
        Set<String> names = new TreeSet<>();
        collect(body, "", names);
        return names.toString();
    }

    private static void collect(JsonNode node, String at, Set<String> names) {
        names.add(at);
        node.properties().forEach(each -> collect(each.getValue(), at + "/" + each.getKey(), names));
    }
}
