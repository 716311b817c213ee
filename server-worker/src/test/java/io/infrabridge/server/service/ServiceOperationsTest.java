package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceOperationsTest {
    private final Output boot = Captured.output("grep-btime");
    private final Output active = Captured.output("systemctl-show-active");
    private final Output stopped = Captured.output("systemctl-show-stopped");
    private final Output masked = Captured.output("systemctl-show-masked");
    private final Output failed = Captured.output("systemctl-show-failed");
    private final Output unknown = Captured.output("systemctl-show-unknown");
    private final Output ssh = Captured.output("systemctl-show-protected");
    private final Output task = Captured.output("systemctl-show-task");

    private final Rehearsal<?, ?> start = of(new StartService(), "start", "nginx");
    private final Rehearsal<?, ?> stop = of(new StopService(), "stop", "nginx");
    private final Rehearsal<?, ?> restart = of(new RestartService(), "restart", "nginx");

    @Test
    void startsAServiceThatIsDown() {
        assertThat(start.plan(stopped, boot)).containsExactly(List.of("systemctl", "start", "--", "nginx.service"));
        assertThat(start.plan(failed, boot)).hasSize(1);
        assertThat(start.asRoot(stopped, boot)).isTrue();
        assertThat(start.foreseenUndo(stopped, boot))
                .containsExactly(List.of("systemctl", "stop", "--", "nginx.service"));
        assertThat(start.undo(List.of(stopped, boot), List.of(failed, boot)))
                .containsExactly(List.of("systemctl", "stop", "--", "nginx.service"));
        assertThat(start.plan(active, boot)).isEmpty();
    }

    @Test
    void stopsAServiceThatIsUp() {
        assertThat(stop.plan(active, boot)).containsExactly(List.of("systemctl", "stop", "--", "nginx.service"));
        assertThat(stop.foreseenUndo(active, boot))
                .containsExactly(List.of("systemctl", "start", "--", "nginx.service"));
        assertThat(stop.plan(stopped, boot)).isEmpty();
        assertThat(stop.plan(failed, boot)).isEmpty();
    }

    @Test
    void restartsWhateverTheStateAndWaitsUntilItIsActive() {
        assertThat(restart.plan(active, boot).get(0)).containsExactly("systemctl", "restart", "--", "nginx.service");
        assertThat(restart.plan(active, boot).get(1)).startsWith("systemctl", "show");
        assertThat(restart.plan(stopped, boot)).hasSize(2);
        assertThat(restart.foreseenUndo(active, boot)).isEmpty();
        assertThat(new RestartService().spec().converges()).isFalse();
    }

    @Test
    void runsATaskByRestartOnly() {
        assertThat(restart.plan(task, boot)).hasSize(1);
        assertThat(start.refusal(task, boot).hint()).contains("action=restart");
    }

    @Test
    void saysThatAServiceIsUnknown() {
        for (Rehearsal<?, ?> each : List.of(start, stop, restart)) {
            assertThat(each.refusal(unknown, boot).category()).isEqualTo(Category.NOT_FOUND);
            assertThat(each.refusal(unknown, boot).message()).contains("nosuch.service");
        }
    }

    @Test
    void saysThatThereIsNoSystemd() {
        Output none = Captured.error(1, "systemctl-no-systemd");
        for (Rehearsal<?, ?> each : List.of(start, stop, restart)) {
            assertThat(each.refusal(none, boot).category()).isEqualTo(Category.UNSUPPORTED_TARGET);
        }
    }

    @Test
    void doesNotStartWhatIsMasked() {
        assertThat(start.refusal(masked, boot).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(restart.refusal(masked, boot).message()).contains("masked");
        assertThat(stop.plan(masked, boot)).isEmpty();
    }

    /** Asked for as sshd; systemd says what it really is. */
    @Test
    void neverStopsWhatTheHostIsReachedBy() {
        assertThat(stop.refusal(ssh, boot).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(restart.plan(ssh, boot)).hasSize(2);
        for (String id : List.of("dbus.service", "dbus.socket", "systemd-journald.service", "user@1000.service")) {
            Output other = Output.of(active.text().replace("Id=nginx.service", "Id=" + id));
            assertThat(stop.refusal(other, boot).message()).contains("protected");
        }
        Output bus = Output.of(active.text().replace("Id=nginx.service", "Id=dbus.service"));
        assertThat(restart.refusal(bus, boot).message()).contains("protected");
    }

    @Test
    void changesOnlyServices() {
        Output target = Output.of(active.text().replace("Id=nginx.service", "Id=multi-user.target"));
        assertThat(stop.refusal(target, boot).message()).contains("is not a service");
        assertThat(restart.refusal(target, boot).message()).contains("is not a service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--force", "-H evil", "a b", "a;b", "../x", "/etc", "", "a\nb"})
    void cannotBeAskedForAnythingButNames(String hostile) {
        assertThatThrownBy(() -> of(new StartService(), "start", hostile.replace("\n", "\\n")))
                .isInstanceOf(InvalidArguments.class);
    }

    @Test
    void doesNotUnderstandGarbage() {
        assertThatThrownBy(() -> start.plan(Output.of("garbage"), boot)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> start.plan(Output.of("a=b"), boot)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> start.plan(Output.of(stopped.text().replace("MainPID=0", "MainPID=x")), boot))
                .isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> start.seen(active, Output.of("x"))).isInstanceOf(UnexpectedOutput.class);
    }

    private static Rehearsal<?, ?> of(
            HostOperation<ServiceInput, ServiceStatus> operation, String action, String name) {
        return new Rehearsal<>(
                operation, "{'operation':'service','action':'" + action + "','service_name':'" + name + "'}");
    }
}
