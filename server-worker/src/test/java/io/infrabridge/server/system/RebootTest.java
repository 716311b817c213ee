package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.operation.WaitFor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RebootTest {
    private static final String OTHER_BOOT = "0f7a9a2e-5d0e-4f5e-8f0a-3f6f0c1d2e3b";

    private final Output[] quiet = {
        Captured.output("cat-boot"),
        Captured.output("cat-stat-of-1"),
        Captured.output("date-utc"),
        Captured.output("ps-names"),
        Captured.output("stat-locks"),
        Captured.output("cat-locks"),
        Captured.error(1, "find-no-marks"),
        Captured.output("systemctl-no-timers")
    };

    @Test
    void letsATimerRebootAndWaitsForAnotherBoot() {
        List<List<String>> plan = of("").plan(quiet);
        assertThat(plan)
                .containsExactly(
                        List.of(
                                "systemd-run",
                                "--quiet",
                                "--collect",
                                "--unit=infrabridge-reboot",
                                "--timer-property=AccuracySec=100ms",
                                "--on-active=2",
                                "--",
                                "systemctl",
                                "reboot"),
                        List.of("cat", "--", "/proc/sys/kernel/random/boot_id"));
        assertThat(of(",'delay_seconds':3600").plan(quiet).get(0)).contains("--on-active=3600");
    }

    @Test
    void waitsThroughTheOutageUntilTheBootIsAnother() {
        WaitFor wait = waitOfAMinutesDelay();
        assertThat(wait.patient()).isTrue();
        assertThat(wait.limit()).isEqualTo(Duration.ofMinutes(11));
        assertThat(wait.accepts(Output.of("ce07479e-eb61-4a56-94f7-488c7bc386db\n")))
                .isFalse();
        assertThat(wait.accepts(Output.of(OTHER_BOOT + "\n"))).isTrue();
        assertThat(wait.accepts(Output.failed(1, ""))).isFalse();
    }

    @Test
    void canBeTakenBackUntilItBegins() {
        List<String> stop = List.of("systemctl", "stop", "--", "infrabridge-reboot.timer");
        assertThat(of("").foreseenUndo(quiet)).containsExactly(stop);
        assertThat(of("").undo(List.of(quiet), List.of(quiet))).containsExactly(stop);
        assertThat(of("").undo(List.of(quiet), List.of(booted()))).isEmpty();
    }

    @Test
    void isSeenByAnyWorkerToHaveHappened() {
        Reboot reboot = new Reboot();
        assertThat(reboot.spec().converges()).isFalse();
        assertThat(reboot.evidence().orElseThrow().shows(Probed.of(quiet), Probed.of(booted())))
                .isTrue();
        assertThat(reboot.evidence().orElseThrow().shows(Probed.of(quiet), Probed.of(quiet)))
                .isFalse();
    }

    @Test
    void tellsBothBootsAndHowLongTheHostWasAway() {
        JsonNode report = of("").changed(List.of(quiet), List.of(booted()));
        assertThat(report.path("boot_id_before").asText()).isEqualTo("ce07479e-eb61-4a56-94f7-488c7bc386db");
        assertThat(report.path("boot_id_after").asText()).isEqualTo(OTHER_BOOT);
        assertThat(report.path("seconds_away").asLong()).isEqualTo(18);
        assertThat(report.path("asked_at").asText()).isEqualTo("2026-11-29T00:34:04.919439469Z");
        assertThat(report.path("booted_at").asText()).startsWith("2026-11-29T00:34:20");
        Output[] clockSetBack = booted();
        clockSetBack[2] = Output.of("2026-11-28T00:00:00.000000000Z\n");
        assertThat(of("").changed(List.of(quiet), List.of(clockSetBack)).has("seconds_away"))
                .isFalse();
    }

    @Test
    void refusesWhilePackagesAreChanged() {
        quiet[3] = Captured.output("ps-names-busy");
        assertThat(of("").refusal(quiet).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(of("").refusal(quiet).message()).contains("packages are being changed by apt-get, dpkg");
        assertThat(of("").refusal(quiet).hint()).contains("force=true");
        assertThat(of(",'force':false").refusal(quiet).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(of(",'force':true").plan(quiet)).hasSize(2);
    }

    @Test
    void refusesWhileTheLockOfAPackageManagerIsHeld() {
        quiet[4] = Captured.output("stat-locks-held");
        quiet[5] = Captured.output("cat-locks-held");
        assertThat(of("").refusal(quiet).message()).contains("the lock of a package manager is held");
    }

    @Test
    void refusesWhileAnyWorkersChangeRuns() {
        quiet[6] = Captured.output("find-marks");
        assertThat(of("").refusal(quiet).message())
                .contains("the operation 7f0c3f0e-0000-4000-8000-000000000001 runs since 2026-11-29T00:33:57Z")
                .doesNotContain("000000000002");
        assertThat(of("").refusal(quiet).hint())
                .contains("force=true")
                .contains("remove /run/infrabridge/running/<id>");
        assertThat(of(",'force':true").plan(quiet)).hasSize(2);
    }

    @Test
    void doesNotWaitForAChangeThatCannotRunAnyMore() {
        quiet[6] = Output.of("7f0c3f0e-0000-4000-8000-000000000002 1795821000.0000000000\n");
        assertThat(of("").plan(quiet)).hasSize(2);
        quiet[6] = Output.of("\u001b[31m evil\nevil\n-x 1795912437.1\n");
        assertThat(of("").plan(quiet)).hasSize(2);
    }

    @Test
    void waitsForAChangeThatBeganBeforeTheClockWasSetBack() {
        quiet[6] = Output.of("7f0c3f0e-0000-4000-8000-000000000003 1895912437\n");
        assertThat(of("").refusal(quiet).message()).contains("000000000003 runs");
    }

    @Test
    void refusesWhileAChangeWaitsToBeConfirmed() {
        quiet[7] = Captured.output("systemctl-revert-timer");
        assertThat(of("").refusal(quiet).message()).contains("by infrabridge-revert-practice.timer");
    }

    @Test
    void refusesWhereARebootIsComingWhateverIsForced() {
        quiet[7] = Captured.output("systemctl-reboot-timer");
        assertThat(of(",'force':true").refusal(quiet).category()).isEqualTo(Category.CONFLICT);
    }

    @Test
    void saysThatThereIsNoSystemd() {
        quiet[7] = Captured.error(1, "systemctl-no-systemd");
        assertThat(of(",'force':true").refusal(quiet).category()).isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    @Test
    void isWhatNeedsConsent() {
        assertThat(new Reboot().spec().risk()).isEqualTo(Risk.DESTRUCTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3601", "-1", "'2'", "2.5", "true"})
    void waitsBeforeItBeginsForASecondToAnHour(String delay) {
        assertThatThrownBy(() -> of(",'delay_seconds':" + delay)).isInstanceOf(InvalidArguments.class);
    }

    @Test
    void doesNotUnderstandGarbage() {
        for (int i : new int[] {0, 1, 2}) {
            Output kept = quiet[i];
            quiet[i] = Output.of("\u0000 garbage\n\n!!! 1 2 3");
            assertThatThrownBy(() -> of("").plan(quiet)).as("%s", i).isInstanceOf(UnexpectedOutput.class);
            quiet[i] = kept;
        }
    }

    /** Twenty seconds later, in another boot that began five seconds before. */
    private Output[] booted() {
        Output[] after = quiet.clone();
        after[0] = Output.of(OTHER_BOOT + "\n2665.45 1090.00\n");
        after[1] = Output.of(quiet[1].text().replace("237862", "266045"));
        after[2] = Output.of("2026-11-29T00:34:25.000000000Z\n");
        return after;
    }

    private WaitFor waitOfAMinutesDelay() {
        Reboot reboot = new Reboot();
        Plan plan =
                reboot.plan(new Reboot.Input(Optional.of(60), Optional.empty()), Rehearsal.UBUNTU, Probed.of(quiet));
        return (WaitFor) plan.steps().get(1);
    }

    private static Rehearsal<?, ?> of(String more) {
        return new Rehearsal<>(new Reboot(), "{'operation':'system','action':'reboot'" + more + "}");
    }
}
