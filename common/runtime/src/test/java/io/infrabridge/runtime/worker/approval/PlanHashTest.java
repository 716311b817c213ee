package io.infrabridge.runtime.worker.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.StepReport;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanHashTest {
    private static final Command COMMAND = Plans.command("alice", "{\"b\":1,\"a\":{\"y\":[2,1],\"x\":true}}");

    @Test
    void isTheSha256OfTheCanonicalJsonThatTheDocumentsDescribe() {
        // printf '%s' '{"action":"add","arguments":{"a":{"x":true,"y":[2,1]},"b":1},"steps":[{"command":["add","n"],
        // "sudo":"names belong to root","undo":[["drop","n"]]}],"target":"app1","tool":"fake_names"}' | sha256sum
        assertThat(PlanHash.of(COMMAND, List.of(Plans.adding("n"))))
                .isEqualTo("a604f0b2d3c986e6bd00b6331174ca46c7415a2c63fb32673eba6f2cb7124da7");
    }

    @Test
    void isTheSameHoweverTheArgumentsAreOrderedAndTheStepsAreWorded() {
        Command reordered = Plans.command("bob", "{\"a\":{\"x\":true,\"y\":[2,1]},\"b\":1}");
        StepReport reworded = Plans.step(
                "In other words",
                List.of("add", "n"),
                Optional.of("names belong to root"),
                List.of(List.of("drop", "n")));

        assertThat(PlanHash.of(reordered, List.of(reworded)))
                .isEqualTo(PlanHash.of(COMMAND, List.of(Plans.adding("n"))));
    }

    @Test
    void isAnotherForEverythingThatIsDoneOtherwise() {
        List<String> add = List.of("add", "n");
        Optional<String> root = Optional.of("names belong to root");
        List<List<String>> drop = List.of(List.of("drop", "n"));
        Set<String> hashes = new HashSet<>(List.of(
                PlanHash.of(COMMAND, List.of()),
                PlanHash.of(COMMAND, List.of(Plans.step("Add", add, root, drop))),
                PlanHash.of(COMMAND, List.of(Plans.step("Add", List.of("add n"), root, drop))),
                PlanHash.of(COMMAND, List.of(Plans.step("Add", add, Optional.empty(), drop))),
                PlanHash.of(COMMAND, List.of(Plans.step("Add", add, Optional.of("another reason"), drop))),
                PlanHash.of(COMMAND, List.of(Plans.step("Add", add, root, List.of()))),
                PlanHash.of(COMMAND, List.of(Plans.adding("n"), Plans.adding("m"))),
                PlanHash.of(COMMAND, List.of(Plans.adding("m"), Plans.adding("n"))),
                PlanHash.of(Plans.command("alice", "{}"), List.of(Plans.adding("n"))),
                PlanHash.of(Plans.command("alice", "{\"a\":null}"), List.of(Plans.adding("n"))),
                PlanHash.of(
                        Plans.command("alice", "{\"b\":1,\"a\":{\"y\":[1,2],\"x\":true}}"), List.of(Plans.adding("n"))),
                PlanHash.of(Plans.of(COMMAND, "other_tool", "add", "app1"), List.of(Plans.adding("n"))),
                PlanHash.of(Plans.of(COMMAND, "fake_names", "append", "app1"), List.of(Plans.adding("n"))),
                PlanHash.of(Plans.of(COMMAND, "fake_names", "add", "app2"), List.of(Plans.adding("n")))));

        assertThat(hashes).hasSize(14).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(Json.text(COMMAND.arguments())).startsWith("{\"b\"");
    }
}
