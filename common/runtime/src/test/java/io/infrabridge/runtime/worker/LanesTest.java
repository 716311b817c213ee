package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes lanes = new Lanes(2, 3);
    private final List<String> started = new ArrayList<>();
    private final Map<String, UniEmitter<? super Void>> running = new HashMap<>();

    @Test
    void runsOneChangeOfATargetAtATimeInOrder() {
        submit("a", true, "first");
        submit("a", true, "second");

        assertThat(started).containsExactly("first");
        running.get("first").complete(null);
        assertThat(started).containsExactly("first", "second");
    }

    @Test
    void goesOnAfterAFailure() {
        submit("a", true, "first");
        submit("a", true, "second");

        running.get("first").fail(new IllegalStateException("broken"));

        assertThat(started).containsExactly("first", "second");
    }

    @Test
    void letsReadsPassAChangeUpToTheirBound() {
        submit("a", true, "change");
        submit("a", false, "read 1");
        submit("a", false, "read 2");
        submit("a", false, "read 3");

        assertThat(started).containsExactly("change", "read 1", "read 2");
        running.get("read 1").complete(null);
        assertThat(started).contains("read 3");
    }

    @Test
    void letsNoTargetDelayAnother() {
        submit("hangs", true, "never ends");
        submit("other", true, "runs");

        assertThat(started).containsExactly("never ends", "runs");
    }

    @Test
    void takesNoMoreThanTheirBoundForOneTarget() {
        for (int i = 0; i < 5; i++) {
            assertThat(offer("hangs", false, "read " + i)).isTrue();
        }
        assertThat(offer("hangs", false, "one too many")).isFalse();
        assertThat(offer("hangs", true, "change")).isTrue();
        assertThat(offer("other", false, "elsewhere")).isTrue();

        running.get("read 0").complete(null);
        assertThat(offer("hangs", false, "again")).isTrue();
        assertThat(started).doesNotContain("one too many");
    }

    @Test
    void takesWhatWasPromisedEarlierHoweverMuchWaits() {
        for (int i = 0; i < 9; i++) {
            submit("hangs", true, "change " + i);
        }
        for (int i = 0; i < 9; i++) {
            running.get("change " + i).complete(null);
        }
        assertThat(started).hasSize(9);
    }

    private boolean offer(String target, boolean change, String name) {
        return lanes.offer(target, change, () -> work(name));
    }

    private Uni<Void> work(String name) {
        started.add(name);
        return Uni.createFrom().emitter(emitter -> running.put(name, emitter));
    }

    private void submit(String target, boolean change, String name) {
        lanes.submit(target, change, () -> work(name));
    }
}
