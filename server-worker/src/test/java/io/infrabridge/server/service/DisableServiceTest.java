package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisableServiceTest {
    private final Output boot = Captured.output("grep-btime");
    private final Output enabled = Captured.output("systemctl-show-enabled");
    private final Output disabled = Captured.output("systemctl-show-active");
    private final Output stopped = Captured.output("systemctl-show-stopped");
    private final Output withOthers = Captured.output("systemctl-show-with-others");
    private final Output none = Output.failed(1, "");

    private final Rehearsal<?, ?> disable = asking("");
    private final Rehearsal<?, ?> atOnce = asking(",'now':true");

    @Test
    void disablesAndDoesNotStop() {
        assertThat(disable.plan(enabled, boot, none))
                .containsExactly(List.of("systemctl", "disable", "--", "nginx.service"));
        assertThat(disable.asRoot(enabled, boot, none)).isTrue();
        assertThat(disable.foreseenUndo(enabled, boot, none))
                .containsExactly(List.of("systemctl", "enable", "--", "nginx.service"));
    }

    @Test
    void stopsAndDisablesWhereItShallBeSoNow() {
        assertThat(atOnce.plan(enabled, boot, none))
                .containsExactly(
                        List.of("systemctl", "stop", "--", "nginx.service"),
                        List.of("systemctl", "disable", "--", "nginx.service"));
        assertThat(atOnce.foreseenUndo(enabled, boot, none))
                .containsExactly(
                        List.of("systemctl", "start", "--", "nginx.service"),
                        List.of("systemctl", "enable", "--", "nginx.service"));
        assertThat(atOnce.plan(disabled, boot, none))
                .containsExactly(List.of("systemctl", "stop", "--", "nginx.service"));
    }

    @Test
    void hasNothingToDoWhereItIsDisabled() {
        assertThat(disable.plan(disabled, boot, none)).isEmpty();
        assertThat(atOnce.plan(stopped, boot, none)).isEmpty();
        assertThat(disable.seen(stopped, boot, none).path("unit_file_state").asText())
                .isEqualTo("disabled");
    }

    @Test
    void refusesWhatItCouldNotTakeBackExactly() {
        Output also = Captured.output("grep-also");
        assertThat(disable.refusal(withOthers, boot, also, Captured.output("systemctl-show-others-disabled"))
                        .message())
                .contains("together with avahi-daemon.socket (disabled)");
        assertThat(disable.plan(withOthers, boot, also, Captured.output("systemctl-show-others-enabled")))
                .hasSize(1);
        assertThat(disable.further(withOthers, boot, also)).hasSize(1);
    }

    /** Asked for as sshd; systemd says what it really is. */
    @Test
    void neverDisablesWhatTheHostIsReachedBy() {
        Output ssh = Captured.output("systemctl-show-protected");
        assertThat(disable.refusal(ssh, boot, none).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(disable.refusal(ssh, boot, none).message()).contains("ssh.service is protected");
    }

    @ParameterizedTest
    @CsvSource({
        "oneshot, is protected",
        "task, is protected",
        "masked, is masked",
        "enabled-runtime, is enabled-runtime",
        "failed, is transient"
    })
    void refusesWhatIsNeitherEnabledNorDisabled(String captured, String said) {
        Output shown = Captured.output("systemctl-show-" + captured);
        assertThat(disable.refusal(shown, boot, none).message()).contains(said);
    }

    @Test
    void saysThatAServiceIsUnknown() {
        assertThat(disable.refusal(Captured.output("systemctl-show-unknown"), boot)
                        .category())
                .isEqualTo(Category.NOT_FOUND);
    }

    private static Rehearsal<?, ?> asking(String more) {
        return new Rehearsal<>(new DisableService(), EnableServiceTest.arguments("disable", more));
    }
}
