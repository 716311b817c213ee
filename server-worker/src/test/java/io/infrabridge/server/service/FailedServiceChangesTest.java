package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Continuity;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.value.ServiceName;
import io.infrabridge.server.OneRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change to a service is failed at each of its steps, without and with the step's effect: the host ends as it began. */
final class FailedServiceChangesTest {
    private static final ServiceName NGINX = new ServiceName("nginx");
    private static final ServiceAtOnce LATER = new ServiceAtOnce(NGINX, Optional.empty());
    private static final ServiceAtOnce NOW = new ServiceAtOnce(NGINX, Optional.of(true));
    private static final ServiceInput PLAIN = new ServiceInput(NGINX);

    /** A change, the state of the host before, and how many steps it takes from there. */
    record Change(
            HostOperation<?, ServiceStatus> operation,
            Record input,
            boolean active,
            boolean enabled,
            boolean masked,
            int steps) {
        SystemdHost host(int failing, boolean afterItsEffect) {
            return new SystemdHost(active, enabled, masked, failing, afterItsEffect);
        }

        @Override
        public String toString() {
            return operation.spec().action() + " " + input + " "
                    + host(-1, false).state();
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change(new StartService(), PLAIN, false, false, false, 1),
                new Change(new StopService(), PLAIN, true, true, false, 1),
                new Change(new StopService(), PLAIN, true, true, true, 1),
                new Change(new EnableService(), LATER, true, false, false, 1),
                new Change(new EnableService(), NOW, false, false, false, 2),
                new Change(new EnableService(), NOW, false, true, false, 1),
                new Change(new DisableService(), LATER, true, true, false, 1),
                new Change(new DisableService(), NOW, true, true, false, 2),
                new Change(new DisableService(), NOW, true, false, false, 1),
                new Change(new MaskService(), LATER, true, true, false, 1),
                new Change(new MaskService(), NOW, true, true, false, 2),
                new Change(new MaskService(), NOW, true, false, true, 1),
                new Change(new UnmaskService(), PLAIN, false, true, true, 1));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void leaveTheHostAsItWas(Change change) {
        for (int failing = 0; failing < change.steps(); failing++) {
            for (boolean afterItsEffect : List.of(false, true)) {
                SystemdHost host = change.host(failing, afterItsEffect);
                String before = host.state();
                Ended ended = run(change.operation(), change.input(), host);
                assertThat(ended.state())
                        .as("%s: %s", host.changes, ended.failure())
                        .isEqualTo(State.ROLLED_BACK);
                assertThat(ended.changed()).isFalse();
                assertThat(host.state()).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void areMadeOnceWhereNothingFails(Change change) {
        SystemdHost host = change.host(-1, false);
        assertThat(run(change.operation(), change.input(), host).changed()).isTrue();
        assertThat(host.changes).hasSize(change.steps());
        Ended again = run(change.operation(), change.input(), host);
        assertThat(again.state()).isEqualTo(State.SUCCEEDED);
        assertThat(again.changed()).isFalse();
        assertThat(host.changes).hasSize(change.steps());
    }

    private static <I extends Record> Ended run(
            HostOperation<I, ServiceStatus> operation, Record in, SystemdHost host) {
        return OneRun.of(operation, operation.spec().input().cast(in), host, "app1", Continuity.none("o1"));
    }
}
