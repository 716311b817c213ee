package io.infrabridge.system.chaos;

import io.infrabridge.system.LocalSystem;
import io.infrabridge.system.Shell;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Carries out the faults at their times, on processes of this very run alone. */
final class Storm {
    private final LocalSystem system;
    private final List<SimulatedHost> hosts;
    private final ScheduledExecutorService time;
    private final Freezer freezer = new Freezer();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<String, Integer> done = new TreeMap<>();
    private final Thread thread;

    Storm(LocalSystem system, List<SimulatedHost> hosts, ScheduledExecutorService time, List<Fault> faults) {
        this.system = system;
        this.hosts = hosts;
        this.time = time;
        this.thread = new Thread(() -> rage(faults), "storm");
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    /** No fault follows, and what was frozen runs again. How often what was done. */
    Map<String, Integer> end() throws InterruptedException {
        over.countDown();
        thread.join();
        freezer.thawAll();
        return done;
    }

    private void rage(List<Fault> faults) {
        Instant begin = Instant.now();
        try {
            for (Fault fault : faults) {
                long wait =
                        Duration.between(Instant.now(), begin.plus(fault.at())).toMillis();
                if (over.await(Math.max(0, wait), TimeUnit.MILLISECONDS)) {
                    return;
                }
                String outcome = strike(fault);
                System.out.println("chaos: " + fault + outcome);
                done.merge(outcome.isEmpty() ? fault.what() + " " + fault.part() : "missed", 1, Integer::sum);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why nothing was done; nothing when it was. */
    private String strike(Fault fault) {
        if (fault.kind() == Fault.Kind.CUT) {
            hosts.stream().filter(host -> host.name().equals(fault.part())).forEach(SimulatedHost::cutConnections);
            return "";
        }
        Optional<ProcessHandle> found = system.process(fault.part());
        if (found.isEmpty()) {
            return " (it is not there)";
        }
        ProcessHandle process = found.get();
        switch (fault.kind()) {
            case KILL -> process.destroyForcibly();
            // PostgreSQL takes TERM as a request to wait for its clients, who do not go
            case STOP ->
                Shell.run("kill", fault.part().equals(Fault.DATABASE) ? "-INT" : "-TERM", Long.toString(process.pid()));
            default -> freeze(process, fault.length());
        }
        return "";
    }

    /** PostgreSQL works in many processes. */
    private void freeze(ProcessHandle process, Duration length) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        freezer.freeze(all);
        time.schedule(() -> freezer.thaw(all), length.toMillis(), TimeUnit.MILLISECONDS);
    }
}
