package io.infrabridge.server.system;

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

final class DeclaredSettingsTest {
    private static final Output NAME = Output.of("nixos1\n");
    private static final Output ZONE = Captured.output("readlink-localtime");
    private static final Output ZONES = Captured.output("timedatectl-zones");
    private static final Declared NOTHING = Declared.nothing();

    @Test
    void declaresTheNameAndBuilds() {
        Rehearsal<?, ?> rename = renaming("web1");
        Output[] before = seen(NAME, NAME, NOTHING);
        assertThat(programs(rename.plan(before))).containsExactly("install", "mv", "nixos-rebuild", "nixos-rebuild");
        assertThat(rename.foreseenUndo(before)).contains(List.of("nixos-rebuild", "switch", "--rollback"));
        Output now = Output.of("web1\n");
        assertThat(rename.plan(seen(now, now, NOTHING.withHostName("web1")))).isEmpty();
        assertThat(rename.changed(List.of(before), List.of(seen(now, now, NOTHING.withHostName("web1"))))
                        .toString())
                .isEqualTo("{\"hostname\":\"web1\",\"before\":\"nixos1\"}");
    }

    @Test
    void leavesTheNameThatTheHostHasAnyway() {
        assertThat(renaming("nixos1").plan(seen(NAME, NAME, NOTHING))).isEmpty();
        assertThat(renaming("nixos1").plan(seen(NAME, NAME, NOTHING.withHostName("web1"))))
                .hasSize(4);
    }

    @Test
    void declaresATimeZoneThatTheHostKnows() {
        assertThat(locating("Europe/Berlin").plan(seen(ZONE, ZONES, NOTHING))).hasSize(4);
        assertThat(locating("Europe/Atlantis")
                        .refusal(seen(ZONE, ZONES, NOTHING))
                        .category())
                .isEqualTo(Category.NOT_FOUND);
    }

    @Test
    void saysThatTheHostsOwnConfigurationIsStronger() {
        assertThat(renaming("web1")
                        .refusal(seen(NAME, NAME, NOTHING.withHostName("web1")))
                        .hint())
                .contains("mkForce");
    }

    private static List<String> programs(List<List<String>> plan) {
        return plan.stream().map(argv -> argv.get(0)).toList();
    }

    private static Output[] seen(Output first, Output second, Declared declared) {
        return Stream.concat(Stream.of(first, second), NixosOutputs.running(declared).stream())
                .toArray(Output[]::new);
    }

    private static Rehearsal<?, ?> renaming(String name) {
        return new Rehearsal<>(
                new SetHostname(),
                Rehearsal.host(Distro.NIXOS),
                "{'operation':'system','action':'set_hostname','hostname':'" + name + "'}");
    }

    private static Rehearsal<?, ?> locating(String zone) {
        return new Rehearsal<>(
                new SetTimezone(),
                Rehearsal.host(Distro.NIXOS),
                "{'operation':'system','action':'set_timezone','timezone':'" + zone + "'}");
    }
}
