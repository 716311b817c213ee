package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.server.ScriptedHost;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of a host's settings and accounts is failed at each of its steps, without and with the step's effect: it ends as it began. */
final class FailedSystemChangesTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com";

    /** A change, the host before it, and how many steps it takes from there. */
    record Change(HostOperation<?, ?> operation, String arguments, Supplier<SimulatedSettings> host, int steps) {
        /** An account that was not made is not taken back; all else is set to what it was, whatever it is. */
        State end(int failing, ScriptedHost.Moment moment) {
            boolean nothing = operation instanceof CreateUser && failing == 0 && moment == ScriptedHost.Moment.BEFORE;
            return nothing ? State.FAILED : State.ROLLED_BACK;
        }

        @Override
        public String toString() {
            return operation.spec().action() + " of " + host.get().state();
        }
    }

    static Stream<Change> changes() {
        Supplier<SimulatedSettings> plain = () -> new SimulatedSettings(KEY + "\n");
        String practice = "'user_name':'" + SimulatedSettings.PRACTICE + "'";
        return Stream.of(
                new Change(new SetHostname(), "'action':'set_hostname','hostname':'web1'", plain, 1),
                new Change(new SetTimezone(), "'action':'set_timezone','timezone':'Europe/Berlin'", plain, 1),
                new Change(
                        new CreateUser(),
                        "'action':'create_user'," + practice + ",'uid':1500,'groups':['adm','users'],'ssh_keys':['"
                                + KEY + "']",
                        plain,
                        3),
                new Change(
                        new LockUser(),
                        "'action':'lock_user'," + practice,
                        () -> new SimulatedSettings(false, "-1"),
                        1),
                new Change(
                        new LockUser(),
                        "'action':'lock_user'," + practice,
                        () -> new SimulatedSettings(true, "2027-01-31"),
                        1),
                new Change(
                        new UnlockUser(),
                        "'action':'unlock_user'," + practice,
                        () -> new SimulatedSettings(true, AccountLock.LONG_AGO),
                        1),
                new Change(
                        new UnlockUser(),
                        "'action':'unlock_user'," + practice,
                        () -> new SimulatedSettings(false, AccountLock.LONG_AGO),
                        1));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void leaveTheHostAsItWas(Change change) {
        for (int failing = 0; failing < change.steps(); failing++) {
            for (ScriptedHost.Moment moment : ScriptedHost.Moment.values()) {
                SimulatedSettings settings = change.host().get();
                String before = settings.state();
                ScriptedHost host = new ScriptedHost(Rehearsal.UBUNTU, settings);
                host.failing(failing, moment);

                Ended ended = run(host, change);

                assertThat(host.hasFailed()).isTrue();
                assertThat(ended.state()).as(ended.toString()).isEqualTo(change.end(failing, moment));
                assertThat(settings.state()).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void areMadeOnceWhereNothingFails(Change change) {
        SimulatedSettings settings = change.host().get();
        ScriptedHost host = new ScriptedHost(Rehearsal.UBUNTU, settings);

        host.failing(change.steps(), ScriptedHost.Moment.BEFORE);
        Ended ended = run(host, change);
        assertThat(host.hasFailed()).as("it has more steps than are failed").isFalse();
        assertThat(ended.state()).as(ended.toString()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isTrue();
        String after = settings.state();

        host.failing(0, ScriptedHost.Moment.BEFORE);
        Ended again = run(host, change);
        assertThat(again.state()).as(again.toString()).isEqualTo(State.SUCCEEDED);
        assertThat(again.changed()).isFalse();
        assertThat(host.hasFailed()).as("nothing was left to be done").isFalse();
        assertThat(settings.state()).isEqualTo(after);
    }

    private static Ended run(ScriptedHost host, Change change) {
        return host.run(change.operation(), "{'operation':'system'," + change.arguments() + "}");
    }
}
