package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import org.junit.jupiter.api.Test;

final class ReloadServiceTest {
    private final Output boot = Captured.output("grep-btime");
    private final Output active = Captured.output("systemctl-show-active");
    private final Rehearsal<?, ?> reload =
            new Rehearsal<>(new ReloadService(), EnableServiceTest.arguments("reload", ""));

    @Test
    void reloadsAndWaitsUntilItIsActive() {
        assertThat(reload.plan(active, boot).get(0)).containsExactly("systemctl", "reload", "--", "nginx.service");
        assertThat(reload.plan(active, boot).get(1)).startsWith("systemctl", "show");
        assertThat(reload.plan(active, boot)).hasSize(2);
    }

    @Test
    void isNeverRepeatedAndHasNoWayBack() {
        assertThat(new ReloadService().spec().converges()).isFalse();
        assertThat(reload.foreseenUndo(active, boot)).isEmpty();
    }

    @Test
    void refusesWhatDoesNotRun() {
        var refusal = reload.refusal(Captured.output("systemctl-show-stopped"), boot);
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).isEqualTo("nginx.service is inactive, so there is nothing to reload.");
        assertThat(refusal.hint()).contains("action=start");
    }

    @Test
    void refusesWhatCannotReload() {
        Output deaf = Output.of(active.text().replace("CanReload=yes", "CanReload=no"));
        assertThat(reload.refusal(deaf, boot).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(reload.refusal(deaf, boot).hint()).contains("action=restart");
    }

    @Test
    void reloadsWhatTheHostIsReachedBy() {
        assertThat(reload.plan(Captured.output("systemctl-show-protected"), boot))
                .hasSize(2);
    }

    @Test
    void saysThatAServiceIsUnknown() {
        assertThat(reload.refusal(Captured.output("systemctl-show-unknown"), boot)
                        .category())
                .isEqualTo(Category.NOT_FOUND);
    }
}
