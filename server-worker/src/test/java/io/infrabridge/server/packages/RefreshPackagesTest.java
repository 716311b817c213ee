package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RefreshPackagesTest {
    private static final Output OLD = Output.of("");
    private static final Output FRESH = Output.of("/var/lib/apt/lists/partial\n");

    @Test
    void fetchesListsThatAreOld() {
        assertThat(asking(Distro.UBUNTU, "").plan(OLD))
                .containsExactly(List.of("apt-get", "update", "-q", "-o", "APT::Update::Error-Mode=any"));
        assertThat(asking(Distro.RHEL, "").plan(OLD)).containsExactly(List.of("dnf", "-q", "makecache", "--refresh"));
        assertThat(asking(Distro.UBUNTU, "").asRoot(OLD)).isTrue();
        assertThat(asking(Distro.UBUNTU, "").foreseenUndo(OLD)).isEmpty();
        Outputs out = new Outputs(Probed.of(OLD), List.of(Captured.output("apt-get-update")), Probed.of(FRESH));
        assertThat(new RefreshPackages()
                        .parse(new RefreshPackages.Input(Optional.empty()), out)
                        .refreshed())
                .isTrue();
    }

    @Test
    void leavesFreshListsAlone() {
        assertThat(asking(Distro.UBUNTU, "").plan(FRESH)).isEmpty();
        assertThat(asking(Distro.UBUNTU, "").seen(FRESH).path("refreshed").asBoolean())
                .isFalse();
    }

    @Test
    void asksForTheAgeThatIsWanted() {
        assertThat(asking(Distro.UBUNTU, "").probe())
                .containsExactly(List.of("find", "/var/lib/apt/lists/partial", "-maxdepth", "0", "-mmin", "-60"));
        assertThat(asking(Distro.RHEL, ",'max_age_minutes':5").probe().get(0))
                .startsWith("find", "/var/cache/dnf")
                .endsWith("-mmin", "-5");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1441, -1})
    void refusesOtherAges(int minutes) {
        assertThatThrownBy(() -> asking(Distro.UBUNTU, ",'max_age_minutes':" + minutes))
                .isInstanceOf(InvalidArguments.class);
    }

    private static Rehearsal<?, ?> asking(Distro distro, String more) {
        return new Rehearsal<>(
                new RefreshPackages(),
                Rehearsal.host(distro),
                "{'operation':'package','action':'refresh'" + more + "}");
    }
}
