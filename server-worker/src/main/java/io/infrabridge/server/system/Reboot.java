package io.infrabridge.server.system;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.WaitFor;
import io.infrabridge.runtime.value.Between;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reboots a host and waits until it is there again; see systemd-run(1), systemctl(1). That it did is seen by its boot_id, also
 * by a worker that takes over from one that died. Everything on the host is interrupted, and a host that does not boot stays
 * away until somebody goes there: so its risk is the highest.
 */
@Singleton
final class Reboot implements HostOperation<Reboot.Input, RebootReport> {
    private static final int USUAL_DELAY = 2;
    private static final int LONGEST_DELAY = 3600;
    /** What is slow to boot checks its memory and its disks first. */
    private static final Duration LONGEST_AWAY = Duration.ofMinutes(10);

    private static final String WHY = "only root may reboot a host";

    @Override
    public OperationSpec<Input, RebootReport> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Reboot a server and wait until it is there again",
                        Input.class,
                        RebootReport.class,
                        Selector.of("operation", "system"),
                        Selector.of("action", "reboot"))
                .risking(Risk.DESTRUCTIVE)
                .neverRepeated()
                .within(LONGEST_AWAY.plusSeconds(LONGEST_DELAY).plusMinutes(2))
                .running("date", "systemd-run")
                .running(Undertakings.PROGRAMS)
                .runningAsRoot(
                        "systemd-run --quiet --collect --unit=" + Undertakings.REBOOT
                                + " --timer-property=AccuracySec=100ms --on-active=<number> -- systemctl reboot",
                        "systemctl stop -- " + Undertakings.REBOOT + ".timer");
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        List<Step> looks = new ArrayList<>(Boot.look());
        looks.addAll(Undertakings.look());
        return Plan.of(looks);
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        Boot boot = Boot.parse(before);
        return refusal(in, before, boot).orElseGet(() -> Plan.of(reboot(in, boot), untilItIsBack(in, boot)));
    }

    @Override
    public Optional<Evidence> evidence() {
        return Optional.of(
                (before, now) -> !Boot.parse(before).id().equals(Boot.parse(now).id()));
    }

    @Override
    public RebootReport parse(Input in, Outputs out) {
        return RebootReport.between(Boot.parse(out.before()), Boot.parse(out.after()), in.delay());
    }

    private static Optional<Plan> refusal(Input in, Probed before, Boot boot) {
        if (Undertakings.withoutSystemd(before, Boot.LOOKS)) {
            return Optional.of(Plan.refuse(
                    Category.UNSUPPORTED_TARGET,
                    "The host does not run systemd.",
                    "Choose a host that was booted with systemd; containers usually are not."));
        }
        if (Undertakings.rebootIsComing(before, Boot.LOOKS)) {
            return Optional.of(Plan.refuse(
                    Category.CONFLICT,
                    "A reboot is on its way already: there is " + Undertakings.REBOOT + ".timer.",
                    "Wait for it, or stop that timer on the host."));
        }
        List<String> found = Undertakings.found(before, Boot.LOOKS, boot.seenAt());
        return found.isEmpty() || in.force().orElse(false)
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "The host is being changed: " + String.join("; ", found) + ".",
                        "Wait until that has ended; force=true interrupts it. An operation that has ended, and could not say so"
                                + " on the host, has left its mark: remove " + OperationSpec.RUNNING_CHANGES
                                + "/<id> there."));
    }

    /** By a timer, so that this very command always answers, and until then can be taken back. */
    private static Run reboot(Input in, Boot before) {
        Run stop = Run.of("Stop the timer of the reboot", "systemctl", "stop", "--", Undertakings.REBOOT + ".timer")
                .asRoot(WHY)
                // 5: it is over, or was never made
                .accepting(0, 5);
        return Run.of(
                        "Let systemd reboot the host in " + in.delay() + " seconds",
                        "systemd-run",
                        "--quiet",
                        "--collect",
                        "--unit=" + Undertakings.REBOOT,
                        "--timer-property=AccuracySec=100ms",
                        "--on-active=" + in.delay(),
                        "--",
                        "systemctl",
                        "reboot")
                .asRoot(WHY)
                .undoneBy(Undo.difference(
                        seen -> List.of(stop),
                        (seen, now) -> Boot.parse(now).id().equals(before.id()) ? List.of(stop) : List.of()));
    }

    private static WaitFor untilItIsBack(Input in, Boot before) {
        return new WaitFor(
                        "Wait until the host runs another boot than " + before.id(),
                        ReadProc.of("Read which boot the host runs", Boot.ID),
                        seen -> another(seen, before),
                        Duration.ofSeconds(1),
                        LONGEST_AWAY.plusSeconds(in.delay()))
                .throughOutages();
    }

    private static boolean another(Output seen, Boot before) {
        return !Boot.id(seen.text()).equals(before.id());
    }

    /**
     * The arguments.
     *
     * @param delaySeconds when it begins, 2 where absent
     * @param force also while something is being changed there
     */
    record Input(@Between(least = 1, most = LONGEST_DELAY) Optional<Integer> delaySeconds, Optional<Boolean> force) {
        Input {
            if (delaySeconds
                    .filter(seconds -> seconds < 1 || seconds > LONGEST_DELAY)
                    .isPresent()) {
                throw new InvalidValue("delay_seconds: expected 1 to " + LONGEST_DELAY);
            }
        }

        int delay() {
            return delaySeconds.orElse(USUAL_DELAY);
        }
    }
}
