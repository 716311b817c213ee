package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnmaskServiceTest {
    private final Output boot = Captured.output("grep-btime");
    private final Output masked = Captured.output("systemctl-show-masked");
    private final Rehearsal<?, ?> unmask =
            new Rehearsal<>(new UnmaskService(), EnableServiceTest.arguments("unmask", ""));

    @Test
    void unmasksAndNoMore() {
        assertThat(unmask.plan(masked, boot)).containsExactly(List.of("systemctl", "unmask", "--", "nginx.service"));
        assertThat(unmask.asRoot(masked, boot)).isTrue();
        assertThat(unmask.foreseenUndo(masked, boot))
                .containsExactly(List.of("systemctl", "mask", "--", "nginx.service"));
    }

    @Test
    void hasNothingToDoWhereNothingIsMasked() {
        assertThat(unmask.plan(Captured.output("systemctl-show-stopped"), boot)).isEmpty();
    }

    /** A mask may outlive the service that it was for; then it is unknown as soon as it is unmasked. */
    @Test
    void hasNothingToDoWithAServiceThatIsNotThere() {
        Output unknown = Captured.output("systemctl-show-unknown");
        assertThat(unmask.plan(unknown, boot)).isEmpty();
        assertThat(unmask.seen(unknown, boot).path("load_state").asText()).isEqualTo("not-found");
    }

    @Test
    void refusesMasksOfOthers() {
        for (String other : List.of("vendor-masked", "masked-runtime")) {
            var refusal = unmask.refusal(Captured.output("systemctl-show-" + other), boot);
            assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
            assertThat(refusal.message()).contains("by the distribution or until the next boot");
        }
    }

    @Test
    void saysThatThereIsNoSystemd() {
        assertThat(unmask.refusal(Captured.error(1, "systemctl-no-systemd"), boot)
                        .category())
                .isEqualTo(Category.UNSUPPORTED_TARGET);
    }
}
