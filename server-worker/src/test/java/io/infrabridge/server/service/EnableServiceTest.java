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

final class EnableServiceTest {
    private final Output boot = Captured.output("grep-btime");
    private final Output running = Captured.output("systemctl-show-active");
    private final Output stopped = Captured.output("systemctl-show-stopped");
    private final Output enabled = Captured.output("systemctl-show-enabled");
    private final Output withOthers = Captured.output("systemctl-show-with-others");
    private final Output none = Output.failed(1, "");
    private final Output also = Captured.output("grep-also");

    private final Rehearsal<?, ?> enable = asking("");
    private final Rehearsal<?, ?> atOnce = asking(",'now':true");

    @Test
    void enablesAndDoesNotStart() {
        assertThat(enable.plan(stopped, boot, none))
                .containsExactly(List.of("systemctl", "enable", "--", "nginx.service"));
        assertThat(enable.asRoot(stopped, boot, none)).isTrue();
        assertThat(enable.foreseenUndo(stopped, boot, none))
                .containsExactly(List.of("systemctl", "disable", "--", "nginx.service"));
        assertThat(asking(",'now':false").plan(stopped, boot, none)).hasSize(1);
    }

    @Test
    void enablesAndStartsWhereItShallBeSoNow() {
        assertThat(atOnce.plan(stopped, boot, none))
                .containsExactly(
                        List.of("systemctl", "enable", "--", "nginx.service"),
                        List.of("systemctl", "start", "--", "nginx.service"));
        assertThat(atOnce.foreseenUndo(stopped, boot, none))
                .containsExactly(
                        List.of("systemctl", "disable", "--", "nginx.service"),
                        List.of("systemctl", "stop", "--", "nginx.service"));
        assertThat(atOnce.plan(running, boot, none)).hasSize(1);
    }

    @Test
    void hasNothingToDoWhereItIsEnabled() {
        assertThat(enable.plan(enabled, boot, none)).isEmpty();
        assertThat(atOnce.plan(enabled, boot, none)).isEmpty();
        assertThat(enable.seen(enabled, boot, none).path("unit_file_state").asText())
                .isEqualTo("enabled");
    }

    @Test
    void looksForUnitsThatGoWithIt() {
        assertThat(enable.further(withOthers, boot))
                .containsExactly(List.of(
                        "grep",
                        "-hsE",
                        "^[[:space:]]*Also[[:space:]]*=",
                        "--",
                        "/lib/systemd/system/avahi-daemon.service"));
        assertThat(enable.further(withOthers, boot, also))
                .containsExactly(
                        List.of("systemctl", "show", "--property=Id,UnitFileState", "--", "avahi-daemon.socket"));
        assertThat(enable.further(Output.of(running.text().replaceAll("FragmentPath=.*", "FragmentPath=../x")), boot))
                .isEmpty();
        assertThat(enable.further(withOthers, boot, Output.of("Also=%p.socket --force /etc/x")))
                .isEmpty();
    }

    /** Disabling one would disable the other too, which was enabled before. */
    @Test
    void refusesWhatItCouldNotTakeBackExactly() {
        Output disabled = Output.of(withOthers.text().replace("UnitFileState=enabled", "UnitFileState=disabled"));
        var refusal = enable.refusal(disabled, boot, also, Captured.output("systemctl-show-others-enabled"));
        assertThat(refusal.category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(refusal.message()).contains("together with avahi-daemon.socket (enabled)");
        assertThat(enable.plan(disabled, boot, also, Captured.output("systemctl-show-others-disabled")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "static, is static",
        "masked, is masked",
        "masked-runtime, is masked",
        "enabled-runtime, is enabled-runtime",
        "failed, is transient"
    })
    void refusesWhatIsNeitherEnabledNorDisabled(String captured, String said) {
        Output shown = Captured.output("systemctl-show-" + captured);
        assertThat(enable.refusal(shown, boot, none).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(enable.refusal(shown, boot, none).message()).contains(said);
        assertThat(enable.refusal(shown, boot, none).hint()).isNotBlank();
    }

    @Test
    void refusesWhatHasNoFileAndWhatIsNoService() {
        Output without = Output.of(running.text().replace("UnitFileState=disabled", "UnitFileState="));
        assertThat(enable.refusal(without, boot, none).message()).contains("is without a file");
        Output target = Output.of(running.text().replace("Id=nginx.service", "Id=multi-user.target"));
        assertThat(enable.refusal(target, boot, none).message()).contains("is not a service");
    }

    @Test
    void doesNotStartATaskThatEndsByItself() {
        Output task = Output.of(Captured.text("systemctl-show-task").replace("=static", "=disabled"));
        assertThat(atOnce.refusal(task, boot, none).message()).contains("ends by itself");
        assertThat(enable.plan(task, boot, none)).hasSize(1);
    }

    @Test
    void saysThatAServiceIsUnknown() {
        assertThat(enable.refusal(Captured.output("systemctl-show-unknown"), boot)
                        .category())
                .isEqualTo(Category.NOT_FOUND);
        assertThat(enable.refusal(Captured.error(1, "systemctl-no-systemd"), boot)
                        .category())
                .isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    static Rehearsal<?, ?> asking(String more) {
        return new Rehearsal<>(new EnableService(), arguments("enable", more));
    }

    static String arguments(String action, String more) {
        return "{'operation':'service','action':'" + action + "','service_name':'nginx'" + more + "}";
    }
}
