package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holding packages and releasing them again. */
final class HoldPackagesTest {
    private static final Output NONE = Output.of("");
    private static final Output APT = Captured.output("dpkg-query-outdated");
    private static final Output APT_HELD = Captured.output("apt-mark-showhold");
    private static final Output DNF = Captured.output("rpm-qa-outdated");
    private static final Output DNF_HELD = Captured.output("dnf-versionlock-list");

    private final Rehearsal<?, ?> hold = asking(Distro.UBUNTU, new HoldPackages(), "hold", "infrabridge-hello");
    private final Rehearsal<?, ?> unhold = asking(Distro.UBUNTU, new UnholdPackages(), "unhold", "infrabridge-hello");
    private final Rehearsal<?, ?> lock = asking(Distro.RHEL, new HoldPackages(), "hold", "infrabridge-practice-a");
    private final Rehearsal<?, ?> unlock =
            asking(Distro.RHEL, new UnholdPackages(), "unhold", "infrabridge-practice-a");

    @Test
    void holdsWhatIsNotHeldYet() {
        assertThat(hold.plan(APT, NONE)).containsExactly(List.of("apt-mark", "hold", "--", "infrabridge-hello"));
        assertThat(hold.asRoot(APT, NONE)).isTrue();
        assertThat(hold.plan(APT, APT_HELD)).isEmpty();
        assertThat(lock.plan(DNF, NONE))
                .containsExactly(List.of("dnf", "-C", "-q", "versionlock", "add", "--", "infrabridge-practice-a"));
        assertThat(lock.asRoot(DNF, NONE)).isTrue();
        assertThat(lock.plan(DNF, DNF_HELD)).isEmpty();
    }

    @Test
    void releasesWhatIsHeld() {
        assertThat(unhold.plan(APT, APT_HELD))
                .containsExactly(List.of("apt-mark", "unhold", "--", "infrabridge-hello"));
        assertThat(unhold.plan(APT, NONE)).isEmpty();
        assertThat(unlock.plan(DNF, DNF_HELD))
                .containsExactly(List.of("dnf", "-C", "-q", "versionlock", "delete", "--", "infrabridge-practice-a"));
        assertThat(unlock.plan(DNF, NONE)).isEmpty();
    }

    @Test
    void takesBackOnlyWhatItHeldOrReleased() {
        assertThat(hold.foreseenUndo(APT, NONE)).isEqualTo(unhold.plan(APT, APT_HELD));
        assertThat(hold.undo(List.of(APT, NONE), List.of(APT, APT_HELD))).isEqualTo(unhold.plan(APT, APT_HELD));
        assertThat(hold.undo(List.of(APT, NONE), List.of(APT, NONE))).isEmpty();
        assertThat(unlock.foreseenUndo(DNF, DNF_HELD)).isEqualTo(lock.plan(DNF, NONE));
        assertThat(unlock.undo(List.of(DNF, DNF_HELD), List.of(DNF, NONE))).isEqualTo(lock.plan(DNF, NONE));
        assertThat(unlock.undo(List.of(DNF, DNF_HELD), List.of(DNF, DNF_HELD))).isEmpty();
    }

    @Test
    void reportsWhatIsHeldAtWhichVersion() {
        assertThat(hold.changed(List.of(APT, NONE), List.of(APT, APT_HELD)).toString())
                .isEqualTo("{\"packages\":[{\"name\":\"infrabridge-hello\",\"version\":\"1.0\",\"held\":true,"
                        + "\"changed\":true}]}");
        assertThat(unhold.seen(APT, NONE).toString()).contains("\"held\":false,\"changed\":false");
    }

    @Test
    void refusesWhatIsNotInstalled() {
        Failure refusal = asking(Distro.UBUNTU, new HoldPackages(), "hold", "nosuchpackage")
                .refusal(APT, NONE);
        assertThat(refusal.category()).isEqualTo(Category.NOT_FOUND);
        assertThat(refusal.message()).isEqualTo("nosuchpackage is not installed.");
    }

    @Test
    void saysThatDnfNeedsAPluginForIt() {
        Output missing = Captured.error(1, "dnf-versionlock-missing.err");
        for (Rehearsal<?, ?> each : List.of(lock, unlock)) {
            Failure refusal = each.refusal(DNF, missing);
            assertThat(refusal.category()).isEqualTo(Category.PROGRAM_MISSING);
            assertThat(refusal.hint()).contains("python3-dnf-plugin-versionlock");
        }
    }

    /** A pattern that an administrator wrote, and a version that shall never come; derived from a capture. */
    @Test
    void readsWhatAdministratorsWriteToo() {
        Held held = Held.parse(Output.of(DNF_HELD.text() + "kernel*\n!infrabridge-hello-0:1.1-1.*\n"));
        assertThat(held.names()).containsExactlyInAnyOrder("infrabridge-practice-a", "kernel*");
    }

    private static Rehearsal<?, ?> asking(Distro distro, HostOperation<?, ?> operation, String action, String name) {
        return new Rehearsal<>(
                operation,
                Rehearsal.host(distro),
                "{'operation':'package','action':'" + action + "','packages':['" + name + "']}");
    }
}
