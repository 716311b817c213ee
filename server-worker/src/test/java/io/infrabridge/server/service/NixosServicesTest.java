package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosOutputs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NixosServicesTest {
    private static final Output BOOT = Captured.output("grep-btime");
    private static final Output STOPPED = Captured.output("systemctl-show-stopped");
    private static final Output ACTIVE = Captured.output("systemctl-show-active");
    private static final Output UNKNOWN = Captured.output("systemctl-show-unknown");
    private static final Output AT_BOOT = Captured.output("systemctl-show-wanted-at-boot");
    private static final Output BY_NOBODY = Captured.output("systemctl-show-wanted-by-nobody");
    private static final Output OPTION = Captured.output("nix-instantiate-option");
    private static final Output NO_OPTION = Captured.error(1, "nix-instantiate-no-option.err");
    private static final Declared NOTHING = Declared.nothing();

    private final Rehearsal<?, ?> enable = asking(true, "nginx", false);
    private final Rehearsal<?, ?> disable = asking(false, "nginx", false);

    @Test
    void declaresThatAUnitIsStartedAtBoot() {
        assertThat(programs(enable.plan(seen(STOPPED, BY_NOBODY, NOTHING))))
                .containsExactly("install", "mv", "nixos-rebuild", "nixos-rebuild");
        assertThat(enable.plan(seen(STOPPED, AT_BOOT, NOTHING))).isEmpty();
        assertThat(enable.plan(seen(ACTIVE, AT_BOOT, NOTHING.withUnit("nginx", true))))
                .isEmpty();
        assertThat(enable.plan(seen(ACTIVE, BY_NOBODY, NOTHING.withUnit("nginx", false))))
                .hasSize(4);
    }

    @Test
    void declaresThatAUnitIsNotStartedAtBootAndLetsItRunOn() {
        assertThat(programs(disable.plan(seen(ACTIVE, AT_BOOT, NOTHING))))
                .containsExactly("install", "mv", "nixos-rebuild", "nixos-rebuild");
        assertThat(disable.plan(seen(ACTIVE, BY_NOBODY, NOTHING))).isEmpty();
        assertThat(programs(asking(false, "nginx", true).plan(seen(ACTIVE, AT_BOOT, NOTHING))))
                .startsWith("systemctl", "install");
        assertThat(programs(asking(false, "nginx", true).plan(seen(ACTIVE, BY_NOBODY, NOTHING))))
                .containsExactly("systemctl");
    }

    @Test
    void makesAServiceOfAnOptionThatNixosHas() {
        assertThat(enable.plan(seen(UNKNOWN, BY_NOBODY, NOTHING, OPTION))).hasSize(4);
        Output[] made = seen(ACTIVE, AT_BOOT, NOTHING.withService("nginx", true));
        assertThat(enable.plan(made)).isEmpty();
        assertThat(disable.plan(made)).hasSize(4);
        assertThat(asking(false, "nosuch", false)
                        .plan(seen(UNKNOWN, BY_NOBODY, NOTHING.withService("nosuch", false), NO_OPTION)))
                .isEmpty();
    }

    @Test
    void refusesWhatNeitherSystemdNorNixosKnows() {
        assertThat(enable.refusal(seen(UNKNOWN, BY_NOBODY, NOTHING, NO_OPTION)).category())
                .isEqualTo(Category.NOT_FOUND);
        assertThat(disable.refusal(seen(UNKNOWN, BY_NOBODY, NOTHING, OPTION)).category())
                .isEqualTo(Category.NOT_FOUND);
    }

    @Test
    void asksForAnOptionOnlyWhereThereIsNoUnit() {
        EnableService operation = new EnableService();
        ServiceAtOnce in =
                new ServiceAtOnce(new io.infrabridge.runtime.value.ServiceName("nosuch"), java.util.Optional.empty());
        var host = Rehearsal.host(Distro.NIXOS);
        var looked = io.infrabridge.runtime.operation.Probed.of(seen(UNKNOWN, BY_NOBODY, NOTHING));
        assertThat(operation.further(in, host, looked).steps().get(0).command())
                .containsExactly(
                        "nix-instantiate",
                        "--eval",
                        "--strict",
                        "--json",
                        "-I",
                        "nixos-config=/etc/nixos/configuration.nix",
                        "-A",
                        "options.services.nosuch.enable._type",
                        "<nixpkgs/nixos>");
        var known = io.infrabridge.runtime.operation.Probed.of(seen(ACTIVE, AT_BOOT, NOTHING));
        assertThat(operation.further(in, host, known).steps()).isEmpty();
        assertThat(operation.further(in, host, looked.and(List.of(OPTION))).steps())
                .isEmpty();
    }

    @Test
    void stopsAgainWhatTheSwitchHasStarted() {
        assertThat(enable.undo(
                        List.of(seen(STOPPED, BY_NOBODY, NOTHING)),
                        List.of(seen(ACTIVE, AT_BOOT, NOTHING.withUnit("nginx", true)))))
                .contains(List.of("systemctl", "stop", "--", "nginx.service"));
        assertThat(enable.undo(
                        List.of(seen(UNKNOWN, BY_NOBODY, NOTHING, OPTION)),
                        List.of(seen(ACTIVE, AT_BOOT, NOTHING.withService("nginx", true)))))
                .noneMatch(argv -> argv.contains("stop"));
    }

    @Test
    void stopsAgainWhatWasStartedWithoutABuild() {
        Rehearsal<?, ?> now = asking(true, "nginx", true);
        assertThat(now.plan(seen(STOPPED, AT_BOOT, NOTHING)))
                .containsExactly(List.of("systemctl", "start", "--", "nginx.service"));
        assertThat(now.foreseenUndo(seen(STOPPED, AT_BOOT, NOTHING)))
                .containsExactly(List.of("systemctl", "stop", "--", "nginx.service"));
    }

    @Test
    void neverStartsWhatIsMaskedOrEndsByItself() {
        Rehearsal<?, ?> now = asking(true, "nginx", true);
        assertThat(now.refusal(seen(Captured.output("systemctl-show-masked"), BY_NOBODY, NOTHING))
                        .message())
                .contains("masked");
        assertThat(now.refusal(seen(Captured.output("systemctl-show-task"), BY_NOBODY, NOTHING))
                        .message())
                .contains("ends by itself");
    }

    @Test
    void saysThatTheHostsOwnConfigurationIsStronger() {
        assertThat(enable.refusal(seen(STOPPED, BY_NOBODY, NOTHING.withUnit("nginx", true)))
                        .hint())
                .contains("mkForce");
    }

    @Test
    void neverDisablesWhatTheHostIsReachedBy() {
        Output ssh = Captured.output("systemctl-show-protected");
        assertThat(disable.refusal(seen(ssh, AT_BOOT, NOTHING)).message()).contains("protected");
    }

    @Test
    void declaresPlainServicesOnly() {
        Output timer = Output.of(STOPPED.text().replace("nginx.service", "logrotate.timer"));
        assertThat(enable.refusal(seen(timer, BY_NOBODY, NOTHING)).category()).isEqualTo(Category.UNSUPPORTED_TARGET);
        Output instance = Output.of(STOPPED.text().replace("nginx.service", "getty@tty1.service"));
        assertThat(enable.refusal(seen(instance, BY_NOBODY, NOTHING)).message()).contains("getty@tty1.service");
    }

    private static List<String> programs(List<List<String>> plan) {
        return plan.stream().map(argv -> argv.get(0)).toList();
    }

    private static Output[] seen(Output shown, Output wanted, Declared declared, Output... option) {
        return Stream.of(Stream.of(shown, BOOT, wanted), NixosOutputs.running(declared).stream(), Stream.of(option))
                .flatMap(each -> each)
                .toArray(Output[]::new);
    }

    private static Rehearsal<?, ?> asking(boolean enable, String name, boolean now) {
        return new Rehearsal<>(
                enable ? new EnableService() : new DisableService(),
                Rehearsal.host(Distro.NIXOS),
                "{'operation':'service','action':'" + (enable ? "enable" : "disable") + "','service_name':'" + name
                        + "'" + (now ? ",'now':true" : "") + "}");
    }
}
