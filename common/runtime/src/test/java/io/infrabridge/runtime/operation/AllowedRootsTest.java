package io.infrabridge.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedRootsTest {
    private final AllowedRoots roots = AllowedRoots.of(List.of("/mnt", "/srv/data"));

    @ParameterizedTest
    @ValueSource(strings = {"/mnt/a", "/mnt/a/b", "/srv/data/..a"})
    void letsPathsBelowThemPass(String path) {
        assertThat(roots.refusal(new AbsolutePath(path))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/mnt", "/mnt/", "/srv/data", "/srv/database", "/srv", "/etc/mnt/a"})
    void refusesEveryOther(String path) {
        Plan refusal = roots.refusal(new AbsolutePath(path)).orElseThrow();

        assertThat(refusal.refusal().orElseThrow().category()).isEqualTo(Category.INVALID_ARGUMENT);
        assertThat(refusal.refusal().orElseThrow().hint()).contains("/mnt, /srv/data");
    }

    @Test
    void areTheSlotOfACommand() {
        assertThat(roots.slot()).isEqualTo("<path:/mnt|/srv/data>");
        assertThat(AllowedRoots.slot(roots.roots(), "/.snapshots"))
                .isEqualTo("<path:/mnt/.snapshots|/srv/data/.snapshots>");
    }
}
