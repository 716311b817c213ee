package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostSettingsTest {
    private final Output fixed = Captured.output("hostnamectl-static");
    private final Output kernel = Captured.output("uname-name");
    private final Output utc = Captured.output("readlink-localtime");
    private final Output zones = Captured.output("timedatectl-zones");

    @Test
    void namesAHostAndKnowsItsFormerName() {
        Rehearsal<?, ?> rename = name("web1.example.com");
        assertThat(rename.plan(fixed, kernel))
                .containsExactly(List.of("hostnamectl", "set-hostname", "--static", "--", "web1.example.com"));
        assertThat(rename.foreseenUndo(fixed, kernel))
                .containsExactly(List.of("hostnamectl", "set-hostname", "--static", "--", "app2"));
        assertThat(rename.asRoot(fixed, kernel)).isTrue();
        Output named = Output.of("web1.example.com\n");
        assertThat(rename.changed(List.of(fixed, kernel), List.of(named, named)))
                .isEqualTo(Json.parse("{\"hostname\":\"web1.example.com\",\"before\":\"app2\"}"));
    }

    @Test
    void leavesANameAloneThatTheHostHas() {
        assertThat(name("app2").plan(fixed, kernel)).isEmpty();
        assertThat(name("app2").plan(fixed, Output.of("dhcp-7\n"))).hasSize(1);
        assertThat(name("app2").plan(Output.of("\n"), kernel)).hasSize(1);
    }

    @Test
    void goesBackToTheKernelsNameWhereThereWasNoOther() {
        assertThat(name("web1")
                        .foreseenUndo(Output.of("\n"), Output.of("dhcp-x\n"))
                        .get(0))
                .endsWith("dhcp-x");
        assertThat(name("web1").foreseenUndo(Output.of("my_host\n"), Output.of("my_host\n")))
                .as("a name that cannot be given from here")
                .isEmpty();
    }

    @Test
    void setsATimeZoneAndKnowsTheFormerOne() {
        Rehearsal<?, ?> relocate = zone("America/Argentina/Buenos_Aires");
        assertThat(relocate.plan(utc, zones))
                .containsExactly(List.of("timedatectl", "set-timezone", "--", "America/Argentina/Buenos_Aires"));
        assertThat(relocate.foreseenUndo(utc, zones))
                .containsExactly(List.of("timedatectl", "set-timezone", "--", "Etc/UTC"));
        assertThat(relocate.asRoot(utc, zones)).isTrue();
        assertThat(relocate.changed(
                        List.of(utc, zones),
                        List.of(Output.of("/usr/share/zoneinfo/America/Argentina/Buenos_Aires\n"), zones)))
                .isEqualTo(Json.parse("{\"timezone\":\"America/Argentina/Buenos_Aires\",\"before\":\"Etc/UTC\"}"));
        assertThat(zone("Etc/UTC").plan(utc, zones)).isEmpty();
        assertThat(zone("UTC").plan(Output.failed(1, "readlink: /etc/localtime: No such file or directory"), zones))
                .as("the default")
                .isEmpty();
        assertThat(zone("UTC").foreseenUndo(Output.of("../usr/share/zoneinfo/right/../UTC\n"), zones))
                .isEmpty();
    }

    @Test
    void takesOnlyATimeZoneThatTheHostKnows() {
        assertThat(zone("Europe/Atlantis").refusal(utc, zones).category()).isEqualTo(Category.NOT_FOUND);
        assertThat(zone("Europe/Berlin").refusal(utc, Output.of("UTC\n")).hint())
                .contains("tz database");
    }

    @Test
    void saysThatThereIsNoSystemd() {
        Output none = Captured.error(1, "systemctl-no-systemd");
        assertThat(name("web1").refusal(none, kernel).category()).isEqualTo(Category.UNSUPPORTED_TARGET);
        assertThat(zone("UTC").refusal(none, none).category()).isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    @Test
    void doesNotUnderstandGarbage() {
        Output odd = Output.failed(1, "whatever");
        assertThatThrownBy(() -> name("web1").plan(odd, kernel)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> name("web1").seen(fixed, Output.of(""))).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> zone("UTC").seen(Output.of("a\nb"), zones)).isInstanceOf(UnexpectedOutput.class);
        Output copied = Output.failed(1, "readlink: /etc/localtime: Invalid argument");
        assertThatThrownBy(() -> zone("UTC").seen(copied, zones)).isInstanceOf(UnexpectedOutput.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--static", "a b", "10.0.0.1", "", "a_b", "../UTC", "utc", "-x"})
    void cannotBeAskedForAnythingButNames(String hostile) {
        if (!hostile.equals("utc")) {
            assertThatThrownBy(() -> name(hostile)).isInstanceOf(InvalidArguments.class);
        }
        assertThatThrownBy(() -> zone(hostile)).isInstanceOf(InvalidArguments.class);
    }

    private static Rehearsal<?, ?> name(String name) {
        return new Rehearsal<>(
                new SetHostname(), "{'operation':'system','action':'set_hostname','hostname':'" + name + "'}");
    }

    private static Rehearsal<?, ?> zone(String zone) {
        return new Rehearsal<>(
                new SetTimezone(), "{'operation':'system','action':'set_timezone','timezone':'" + zone + "'}");
    }
}
