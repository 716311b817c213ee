package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.server.ScriptedHost;
import io.infrabridge.server.ScriptedHost.Moment;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of packages is failed on purpose at each of its steps, before and after it did its work. */
final class FailedPackageChangesTest {
    /** A change, and how many commands it takes. */
    record Change(Distro distro, HostOperation<?, ?> operation, String action, String more, boolean fresh, int steps) {
        String arguments() {
            return "{'operation':'package','action':'" + action + "'" + more + "}";
        }

        @Override
        public String toString() {
            return distro.word() + " " + action + more + (fresh ? "" : " with old lists");
        }
    }

    static Stream<Change> changes() {
        return Stream.of(Distro.UBUNTU, Distro.RHEL)
                .flatMap(distro -> Stream.of(
                        new Change(distro, new InstallPackages(), "install", ",'packages':['other']", true, 1),
                        new Change(distro, new RemovePackages(), "remove", ",'packages':['hello']", true, 1),
                        new Change(distro, new HoldPackages(), "hold", ",'packages':['hello']", true, 1),
                        new Change(distro, new UnholdPackages(), "unhold", ",'packages':['data']", true, 1),
                        new Change(distro, new UpdatePackages(), "update", "", true, 1),
                        new Change(distro, new UpdatePackages(), "update", "", false, 2),
                        new Change(distro, new UpdatePackages(), "update", ",'packages':['hello']", false, 2),
                        new Change(distro, new UpdatePackages(), "update", ",'security_only':true", true, 1)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void leaveTheHostAsItWas(Change change) {
        for (int step = 0; step < change.steps(); step++) {
            for (Moment moment : Moment.values()) {
                PracticePackages packages = packages(change);
                ScriptedHost host = host(change, packages);
                String before = packages.state();
                host.failing(step, moment);

                Ended ended = host.run(change.operation(), change.arguments());

                assertThat(host.hasFailed()).isTrue();
                assertThat(ended.state()).as(ended.toString()).isIn(State.FAILED, State.ROLLED_BACK);
                assertThat(ended.failure().orElseThrow().message()).contains("No space left on device");
                assertThat(packages.state()).as(moment + " step " + step).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changeNothingWhenTheyAreAskedForAgain(Change change) {
        PracticePackages packages = packages(change);
        ScriptedHost host = host(change, packages);
        String before = packages.state();

        Ended first = host.run(change.operation(), change.arguments());
        assertThat(first.state()).as(first.toString()).isEqualTo(State.SUCCEEDED);
        assertThat(first.changed()).isTrue();
        String after = packages.state();
        assertThat(after).isNotEqualTo(before);
        Ended second = host.run(change.operation(), change.arguments());

        assertThat(second.state()).isEqualTo(State.SUCCEEDED);
        assertThat(second.changed()).isFalse();
        assertThat(packages.state()).isEqualTo(after);
    }

    private static PracticePackages packages(Change change) {
        PracticePackages packages = new PracticePackages();
        packages.installed.put("hello", "1.0");
        packages.installed.put("data", "1.0");
        packages.held.add("data");
        packages.fresh = change.fresh();
        return packages;
    }

    private static ScriptedHost host(Change change, PracticePackages packages) {
        return new ScriptedHost(
                Rehearsal.host(change.distro()),
                change.distro() == Distro.UBUNTU ? packages::debian : packages::redHat);
    }
}
