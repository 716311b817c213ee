package io.infrabridge.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.TargetKind;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationSpecTest {
    private static final Run MARK =
            Run.of("Mark", "mkdir", "-p", "--", "/run/infrabridge/running/o1").asRoot("only root can");
    private static final Run REMOVAL =
            Run.of("Remove", "rmdir", "--", "/run/infrabridge/running/o1").asRoot("only root can");

    private record Nothing() {}

    @Test
    void changesOfHostsMayMarkThatTheyRunHoweverTheyAreDeclared() {
        Programs first =
                read(TargetKind.HOST).risking(Risk.CHANGE).running("id").allowance();
        Programs last = read(TargetKind.HOST).running("id").risking(Risk.CHANGE).allowance();

        assertThat(first).isEqualTo(last);
        assertThat(first.all()).containsExactlyInAnyOrder("id", "mkdir", "rmdir");
        assertThat(first.permitAsRoot(MARK)).isTrue();
        assertThat(first.permitAsRoot(REMOVAL)).isTrue();
        assertThat(read(TargetKind.HOST)
                        .neverRepeated()
                        .risking(Risk.DESTRUCTIVE)
                        .allowance()
                        .asRoot())
                .containsExactlyInAnyOrderElementsOf(read(TargetKind.HOST)
                        .risking(Risk.DESTRUCTIVE)
                        .neverRepeated()
                        .allowance()
                        .asRoot());
    }

    @Test
    void removesNothingElseAsRoot() {
        Programs change = read(TargetKind.HOST).risking(Risk.CHANGE).allowance();

        for (String path :
                Set.of("/run/infrabridge", "/run/infrabridge/running", "/run/infrabridge/running/../o1", "/run")) {
            assertThat(change.permitAsRoot(Run.of("Remove", "rmdir", "--", path)))
                    .as(path)
                    .isFalse();
            assertThat(change.permitAsRoot(Run.of("Make", "mkdir", "-p", "--", path)))
                    .as(path)
                    .isFalse();
        }
    }

    @Test
    void readsAndChangesOfClustersMarkNothing() {
        assertThat(read(TargetKind.HOST).risking(Risk.READ).programs()).isEmpty();
        assertThat(read(TargetKind.KUBERNETES).risking(Risk.CHANGE).programs()).isEmpty();
    }

    private static OperationSpec<Nothing, Nothing> read(TargetKind kind) {
        return OperationSpec.read(
                new Tool("a_tool", "A tool", kind),
                "An action",
                Nothing.class,
                Nothing.class,
                Selector.of("action", "do"));
    }
}
