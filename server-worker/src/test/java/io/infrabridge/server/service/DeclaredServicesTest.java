package io.infrabridge.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosOutputs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Services of NixOS that nothing may start are declared so. */
final class DeclaredServicesTest {
    private static final Output ACTIVE = Captured.output("systemctl-show-active");
    private static final Output STOPPED = Captured.output("systemctl-show-stopped");
    private static final Output MASKED = Captured.output("systemctl-show-masked");
    private static final Declared NOTHING = Declared.nothing();

    private final Rehearsal<?, ?> mask = asking("mask", new MaskService());
    private final Rehearsal<?, ?> unmask = asking("unmask", new UnmaskService());

    @Test
    void masksByBuildingAnotherSystem() {
        assertThat(programs(mask.plan(seen(ACTIVE, NOTHING))))
                .containsExactly("install", "mv", "nixos-rebuild", "nixos-rebuild");
        assertThat(mask.plan(seen(MASKED, NOTHING))).isEmpty();
    }

    @Test
    void startsAgainWhatTheSwitchHasStopped() {
        assertThat(mask.undo(List.of(seen(ACTIVE, NOTHING)), List.of(seen(MASKED, NOTHING))))
                .contains(List.of("systemctl", "start", "--", "nginx.service"));
        assertThat(mask.undo(List.of(seen(STOPPED, NOTHING)), List.of(seen(MASKED, NOTHING))))
                .noneMatch(argv -> argv.contains("start"));
    }

    @Test
    void neverMasksWhatTheHostIsReachedBy() {
        assertThat(mask.refusal(seen(Captured.output("systemctl-show-protected"), NOTHING))
                        .message())
                .contains("protected");
    }

    @Test
    void saysThatTheHostsOwnConfigurationIsStronger() {
        String name = name();
        assertThat(mask.refusal(seen(STOPPED, NOTHING.withMask("nginx"))).hint())
                .contains("mkForce");
        assertThat(unmask.refusal(seen(MASKED, NOTHING)).category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(unmask.plan(seen(MASKED, NOTHING.withMask(name)))).hasSize(4);
        assertThat(unmask.plan(seen(STOPPED, NOTHING))).isEmpty();
    }

    private static String name() {
        return MASKED.lines().stream()
                .filter(line -> line.startsWith("Id="))
                .map(line -> line.substring(3).replace(".service", ""))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> programs(List<List<String>> plan) {
        return plan.stream().map(argv -> argv.get(0)).toList();
    }

    private static Output[] seen(Output shown, Declared declared) {
        return Stream.concat(Stream.of(shown, Captured.output("grep-btime")), NixosOutputs.running(declared).stream())
                .toArray(Output[]::new);
    }

    private static Rehearsal<?, ?> asking(String action, HostOperation<?, ServiceStatus> operation) {
        return new Rehearsal<>(
                operation,
                Rehearsal.host(Distro.NIXOS),
                "{'operation':'service','action':'" + action + "','service_name':'nginx'}");
    }
}
