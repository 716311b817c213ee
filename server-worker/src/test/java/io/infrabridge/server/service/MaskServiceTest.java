package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MaskServiceTest {
    private final Output boot = Captured.output("grep-btime");
    private final Output running = Captured.output("systemctl-show-active");
    private final Output stopped = Captured.output("systemctl-show-stopped");
    private final Output masked = Captured.output("systemctl-show-masked");

    private final Rehearsal<?, ?> mask = asking("");
    private final Rehearsal<?, ?> atOnce = asking(",'now':true");

    @Test
    void masksAndDoesNotStop() {
        assertThat(mask.plan(running, boot)).containsExactly(List.of("systemctl", "mask", "--", "nginx.service"));
        assertThat(mask.asRoot(running, boot)).isTrue();
        assertThat(mask.foreseenUndo(running, boot))
                .containsExactly(List.of("systemctl", "unmask", "--", "nginx.service"));
    }

    /** What is masked could not be started again, so it is taken back the other way round. */
    @Test
    void stopsBeforeItMasksWhereItShallBeSoNow() {
        assertThat(atOnce.plan(running, boot))
                .containsExactly(
                        List.of("systemctl", "stop", "--", "nginx.service"),
                        List.of("systemctl", "mask", "--", "nginx.service"));
        assertThat(atOnce.foreseenUndo(running, boot))
                .containsExactly(
                        List.of("systemctl", "start", "--", "nginx.service"),
                        List.of("systemctl", "unmask", "--", "nginx.service"));
        assertThat(atOnce.plan(stopped, boot)).hasSize(1);
    }

    @Test
    void hasNothingToDoWhereItIsMasked() {
        assertThat(mask.plan(masked, boot)).isEmpty();
        assertThat(atOnce.plan(masked, boot)).isEmpty();
        assertThat(mask.plan(Captured.output("systemctl-show-vendor-masked"), boot))
                .isEmpty();
        assertThat(mask.seen(masked, boot).path("load_state").asText()).isEqualTo("masked");
    }

    @Test
    void neverMasksWhatTheHostIsReachedBy() {
        assertThat(mask.refusal(Captured.output("systemctl-show-protected"), boot)
                        .message())
                .contains("ssh.service is protected");
    }

    @Test
    void refusesWhereTheMaskWouldHaveNoPlace() {
        var refusal = mask.refusal(Captured.output("systemctl-show-local"), boot);
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).contains("/etc/systemd/system/chatty.service");
        assertThat(mask.refusal(Captured.output("systemctl-show-failed"), boot).message())
                .contains("is transient");
    }

    @Test
    void saysThatAServiceIsUnknown() {
        assertThat(mask.refusal(Captured.output("systemctl-show-unknown"), boot).category())
                .isEqualTo(Category.NOT_FOUND);
    }

    private static Rehearsal<?, ?> asking(String more) {
        return new Rehearsal<>(new MaskService(), EnableServiceTest.arguments("mask", more));
    }
}
