package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.testkit.TestBroker;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker dies in every moment of a change of three steps, none left out: the moments are those of a life that was lived to its
 * end. Another worker takes over, and outcome and host are right each time.
 */
class CrashTest {
    private static final int AT_ONCE = 12;
    private static final Duration AT_ONCE_OFF = Duration.ofMillis(1);

    private @TempDir Path folder;

    @Test
    void completesAConvergingChangeWhereverItsWorkerDies() throws Exception {
        everywhere("converging", "add", false, (moments, moment, end) -> {
            assertThat(end.state()).isEqualTo(State.SUCCEEDED);
            assertThat(end.names()).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(end.changes()).doesNotHaveDuplicates();
        });
    }

    @Test
    void neverRepeatsWhatDoesNotConvergeWhereverItsWorkerDies() throws Exception {
        everywhere("never repeated", "append", false, (moments, moment, end) -> {
            int died = moments.indexOf(moment);
            boolean untouched = died <= moments.indexOf("before mkdir #1");
            boolean recorded = died >= moments.indexOf("after ledger FINISHED  #1");
            assertThat(end.state()).isEqualTo(untouched || recorded ? State.SUCCEEDED : State.INDETERMINATE);
            assertThat(end.changes()).doesNotHaveDuplicates();
            assertThat(end.names()).hasSize(end.changes().size());
            if (end.state() == State.SUCCEEDED) {
                assertThat(end.names()).containsExactlyInAnyOrder("a", "b", "c");
            }
        });
    }

    @Test
    void takesBackWhatFailsWhereverItsWorkerDies() throws Exception {
        everywhere("taken back", "add", true, (moments, moment, end) -> {
            assertThat(end.state()).isEqualTo(State.ROLLED_BACK);
            assertThat(end.names()).isEmpty();
        });
    }

    private void everywhere(String kind, String action, boolean fails, Verdict verdict) throws Exception {
        // what commits, commits again and again; once is enough
        Life whole = Life.whole();
        lived(action, fails, whole);
        List<String> moments = whole.moments().stream()
                .filter(moment -> !moment.startsWith("commit") || moment.equals("commit #1"))
                .toList();
        ExecutorService several = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Void>> deaths = new ArrayList<>();
            for (String moment : moments) {
                deaths.add(() -> {
                    try {
                        End end = died(action, fails, moment);
                        verdict.on(moments, moment, end);
                        assertThat(end.running()).isEmpty();
                    } catch (AssertionError e) {
                        throw new AssertionError(kind + ", died at " + moment + " of " + moments, e);
                    }
                    return null;
                });
            }
            for (Future<Void> death : several.invokeAll(deaths)) {
                death.get();
            }
        } finally {
            several.shutdownNow();
        }
        System.out.printf("a change of three steps, %s: %d moments of death%n", kind, moments.size());
    }

    private void lived(String action, boolean fails, Life life) throws Exception {
        try (Bench bench = bench(fails)) {
            Worker worker = bench.start(clients(life), new MortalHost(bench.host, life), Bench.PATIENCE);
            Command command = bench.command(action, "a", "b", "c");
            bench.send(command);
            bench.result(command);
            worker.stop(new ShutdownEvent());
        }
    }

    private End died(String action, boolean fails, String moment) throws Exception {
        Life life = Life.until(moment);
        try (Bench bench = bench(fails)) {
            Worker worker = bench.start(clients(life), new MortalHost(bench.host, life), AT_ONCE_OFF);
            Command command = bench.command(action, "a", "b", "c");
            bench.send(command);
            if (!life.endsWithin(Bench.PATIENCE.toSeconds())) {
                throw new AssertionError("never came to " + moment + " but to " + life.moments());
            }
            bench.begin();
            Operation result = bench.result(command);
            // another change shows that whatever is published of this one is published
            Command next = bench.command("add", "next");
            bench.send(next);
            bench.result(next);
            assertThat(bench.resultsSoFar(List.of(command)))
                    .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .hasSizeGreaterThan(0)
                    .containsOnly(new String(bench.results(command, 1).get(0).value(), StandardCharsets.UTF_8));
            worker.stop(new ShutdownEvent());
            return new End(
                    result.state(),
                    bench.host.names.stream()
                            .filter(name -> !name.equals("next"))
                            .collect(Collectors.toSet()),
                    bench.host.commands().stream()
                            .filter(one -> one.startsWith("add") && !one.equals("add next"))
                            .toList(),
                    bench.host.marks.stream()
                            .filter(mark -> mark.startsWith("/run/infrabridge/running/"))
                            .toList());
        }
    }

    private Bench bench(boolean fails) throws Exception {
        Bench bench = Bench.idle(Files.createTempDirectory(folder, "bench"));
        if (fails) {
            bench.host.answering("add c", () -> Uni.createFrom().item(Output.failed(9, "disk full")));
        }
        return bench;
    }

    private static BusClients clients(Life life) {
        return new MortalClients(new KafkaClients(TestBroker.bootstrapServers()), life);
    }

    private interface Verdict {
        void on(List<String> moments, String moment, End end);
    }

    /** @param running the marks of changes that are left */
    private record End(State state, Set<String> names, List<String> changes, List<String> running) {}
}
