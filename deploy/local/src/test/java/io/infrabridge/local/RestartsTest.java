package io.infrabridge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartsTest {
    @TempDir
    Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Child> started = new LinkedBlockingQueue<>();
    private Children children;

    @BeforeEach
    void noChildren() {
        children = new Children(new PidFile(folder.resolve("run.pids")));
    }

    @AfterEach
    void stop() {
        children.stopAll();
    }

    @Test
    void startsAPartAgainEachTimeItIsKilled() throws Exception {
        Child child = start("cat");
        restarts(Duration.ofMillis(10), Duration.ofSeconds(60)).keep(child, () -> start("cat"));
        for (int time = 0; time < 3; time++) {
            next(started).process().destroyForcibly();
        }
        assertThat(next(started).process().isAlive()).isTrue();
        assertThat(next(told)).isEqualTo("gateway ended with code 137; it is started again in 0.0 s");
    }

    @Test
    void pausesLongerForAsLongAsAPartDoesNotStay() throws Exception {
        restarts(Duration.ofMillis(100), Duration.ofSeconds(60)).keep(start("true"), () -> start("true"));
        assertThat(next(told)).endsWith("in 0.1 s");
        assertThat(next(told)).endsWith("in 0.2 s");
        assertThat(next(told)).as("the longest pause").endsWith("in 0.3 s");
        assertThat(next(told)).endsWith("in 0.3 s");
    }

    @Test
    void pausesAsShortlyAsAtFirstWhenAPartHadStayed() throws Exception {
        restarts(Duration.ofMillis(100), Duration.ZERO).keep(start("true"), () -> start("true"));
        assertThat(next(told)).endsWith("in 0.1 s");
        assertThat(next(told)).endsWith("in 0.1 s");
    }

    @Test
    void triesAgainWhatCannotBeStarted() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        restarts(Duration.ofMillis(10), Duration.ofSeconds(60)).keep(start("true"), () -> {
            if (attempts.incrementAndGet() < 2) {
                throw new IOException("no room");
            }
            return start("cat");
        });
        next(started);
        assertThat(next(started).process().isAlive()).isTrue();
        next(told);
        assertThat(next(told)).startsWith("gateway cannot be started: no room; it is started again in");
    }

    @Test
    void startsNothingOnceStoppingHasBegun() throws Exception {
        Child child = start("cat");
        restarts(Duration.ofMillis(10), Duration.ofSeconds(60)).keep(child, () -> start("cat"));
        children.stopAll();
        assertThat(child.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(told).isEmpty();
    }

    private Restarts restarts(Duration shortest, Duration stays) {
        return new Restarts(children, new Restarts.Pauses(shortest, Duration.ofMillis(300), stays), told::add);
    }

    private Child start(String program) throws IOException {
        Child child = children.start(Instance.of(Part.GATEWAY), new ProcessBuilder(program), folder.resolve("log"));
        started.add(child);
        return child;
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T first = queue.poll(20, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        return first;
    }
}
