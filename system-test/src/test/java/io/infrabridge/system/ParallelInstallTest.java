package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.system.Rest.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many hosts at once take little longer than one, but for the work that this machine's cores do for all of them. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class ParallelInstallTest {
    private static final List<String> HOSTS =
            IntStream.rangeClosed(1, 20).mapToObj("light%02d"::formatted).toList();
    private static final List<String> PACKAGES = Stream.of("a", "b", "c", "d", "e")
            .map("infrabridge-practice-"::concat)
            .toList();
    private static final int TRIALS = 3;

    private final Rest rest;

    ParallelInstallTest(Rest rest) {
        this.rest = rest;
    }

    @BeforeAll
    static void needsLightHosts() {
        Assumptions.assumeTrue(
                HOSTS.stream().allMatch(host -> Lab.inventory().contains("name: " + host)),
                "there are no light hosts; start them with LAB_LIGHT=20 deploy/lab/up, before the system that knows them");
    }

    @BeforeEach
    @AfterEach
    void removeEverywhere() {
        atOnce(HOSTS, host -> {
            List<String> purge = new ArrayList<>(List.of("sudo", "-n", "apt-get", "purge", "-qq", "--yes"));
            purge.addAll(PACKAGES);
            return Lab.on(host, purge.toArray(String[]::new)).successful();
        });
    }

    @Test
    void twentyHostsTakeNoLongerThanTwiceOneAndWhatTheCoresExplain() {
        // so that neither measurement has to log in
        atOnce(HOSTS, host -> rest.call(Way.TOOL, "{\"operation\":\"health\",\"remote_target\":\"" + host + "\"}"));

        Duration workedBefore = Cores.worked();
        Duration one = Stream.of("light01", "light02", "light03")
                .map(this::install)
                .peek(ParallelInstallTest::assertInstalled)
                .map(Installed::took)
                .reduce(Duration.ZERO, Duration::plus)
                .dividedBy(TRIALS);
        Duration worked = Cores.worked().minus(workedBefore).dividedBy(TRIALS);
        // one host's steps come one after the other and keep one core busy at most; what is more was others' work
        Duration work = worked.compareTo(one) < 0 ? worked : one;
        removeEverywhere();

        long start = System.nanoTime();
        List<Installed> all = atOnce(HOSTS, this::install);
        Duration together = Duration.ofNanos(System.nanoTime() - start);
        Duration explained = work.multipliedBy(HOSTS.size()).dividedBy(Cores.count());

        System.out.printf(
                "PARALLEL five packages: one host %.2f s (%.2f s of work), %d at once %.2f s, %.1f times one;"
                        + " %d cores explain %.2f s; the bound is %.2f s%n",
                seconds(one),
                seconds(work),
                HOSTS.size(),
                seconds(together),
                seconds(together) / seconds(one),
                Cores.count(),
                seconds(explained),
                seconds(one.multipliedBy(2).plus(explained)));
        all.forEach(ParallelInstallTest::assertInstalled);
        assertThat(all.stream().flatMap(each -> each.events().stream()).map(Event::name))
                .as("steps are told while they run")
                .contains("progress");
        assertThat(together).isLessThan(one.multipliedBy(2).plus(explained));
    }

    /** @param events what was told of the operation while it ran, and its end */
    private record Installed(String host, List<Event> events, Duration took) {}

    private Installed install(String host) {
        long start = System.nanoTime();
        String arguments =
                "{\"operation\":\"package\",\"action\":\"install\",\"packages\":[\"%s\"],\"remote_target\":\"%s\"}"
                        .formatted(String.join("\",\"", PACKAGES), host);
        Rest.Answer accepted = rest.submit(Rest.request(Way.TOOL, arguments), Map.of("Prefer", "wait=0"));
        assertThat(accepted.status()).as(accepted.body().toPrettyString()).isEqualTo(202);
        List<Event> events = rest.events(accepted.operationId());
        return new Installed(host, events, Duration.ofNanos(System.nanoTime() - start));
    }

    private static void assertInstalled(Installed installed) {
        Event end = installed.events().get(installed.events().size() - 1);
        assertThat(end.data().path("state").asText())
                .as(end.data().toPrettyString())
                .isEqualTo("SUCCEEDED");
        assertThat(end.data().path("changed").asBoolean()).isTrue();
        // whoever comes to listen after the step has begun hears that it runs, not that it began
        assertThat(installed.events()).as("told before its end").hasSizeGreaterThan(1);
        List<String> query = new ArrayList<>(List.of("dpkg-query", "--show", "--showformat='${db:Status-Status}\\n'"));
        query.addAll(PACKAGES);
        assertThat(Lab.on(installed.host(), query.toArray(String[]::new))
                        .output()
                        .lines())
                .hasSize(PACKAGES.size())
                .containsOnly("installed");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private interface OnHost<T> {
        T on(String host);
    }

    private static <T> List<T> atOnce(List<String> hosts, OnHost<T> what) {
        ExecutorService threads = Executors.newFixedThreadPool(hosts.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(
                    hosts.stream().<Callable<T>>map(host -> () -> what.on(host)).toList())) {
                results.add(each.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
