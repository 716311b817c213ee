package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.server.packages.Inventory.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DifferenceTest {
    private static final Entry OLD = entry("hello", "1.0", "installed");
    private static final Entry NEW = entry("hello", "1.1", "installed");
    private static final Entry HALF = entry("hello", "1.1", "half-configured");
    private static final Entry REST = entry("hello", "1.0", "config-files");

    @Test
    void tellsWhatCameWentAndChanged() {
        assertThat(between(List.of(), List.of(NEW)).came()).containsExactly(NEW);
        assertThat(between(List.of(REST), List.of(HALF)).came()).containsExactly(HALF);
        assertThat(between(List.of(OLD), List.of(REST)).went()).containsExactly(OLD);
        assertThat(between(List.of(OLD), List.of(HALF)).former()).containsExactly(OLD);
        assertThat(between(List.of(OLD), List.of(NEW)).renewed()).containsExactly(NEW);
        assertThat(between(List.of(NEW), List.of(HALF)).went()).containsExactly(NEW);
        assertThat(between(List.of(NEW), List.of(NEW)))
                .isEqualTo(new Difference(List.of(), List.of(), List.of(), List.of()));
    }

    /** As rpm keeps kernels: a new one comes, and the oldest goes when there are too many. */
    @Test
    void takesEachOfSeveralVersionsForAPackageOfItsOwn() {
        Entry first = entry("kernel", "1", "installed");
        Entry second = entry("kernel", "2", "installed");
        Entry third = entry("kernel", "3", "installed");
        assertThat(between(List.of(first), List.of(first, second)))
                .isEqualTo(new Difference(List.of(second), List.of(), List.of(), List.of()));
        assertThat(between(List.of(first, second), List.of(second, third)))
                .isEqualTo(new Difference(List.of(third), List.of(), List.of(), List.of(first)));
    }

    private static Difference between(List<Entry> before, List<Entry> after) {
        return Difference.between(new Inventory(before), new Inventory(after));
    }

    private static Entry entry(String name, String version, String state) {
        return new Entry(name, "all", version, state, false);
    }
}
