package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import org.junit.jupiter.api.Test;

final class ShowSystemTest {
    private final Rehearsal<?, ?> show = new Rehearsal<>(new ShowSystem(), "{'operation':'system','action':'info'}");
    private final Output[] seen = {
        Captured.output("cat-boot"),
        Captured.output("cat-stat-of-1"),
        Captured.output("date-utc"),
        Captured.output("cat-proc"),
        Captured.output("uname-system"),
        Captured.output("cat-os-release"),
        Captured.output("nproc"),
        Captured.output("lscpu"),
        Captured.output("systemd-detect-virt"),
        Captured.output("readlink-localtime"),
        Captured.output("ip-address"),
        Captured.output("id-un")
    };

    @Test
    void tellsWhatARealHostIs() {
        assertThat(show.probe()).hasSameSizeAs(seen);
        JsonNode info = show.seen(seen);
        assertThat(info.path("hostname").asText()).isEqualTo("app2");
        assertThat(info.path("distro").asText()).isEqualTo("Debian GNU/Linux 12 (bookworm)");
        assertThat(info.path("distro_id").asText()).isEqualTo("debian");
        assertThat(info.path("distro_version").asText()).isEqualTo("12");
        assertThat(info.path("distro_family").asText()).isEqualTo("ubuntu");
        assertThat(info.path("kernel").asText()).startsWith("6.18");
        assertThat(info.path("architecture").asText()).isEqualTo("x86_64");
        assertThat(info.path("cpu_model").asText()).isEqualTo("AMD EPYC");
        assertThat(info.path("cpu_count").asInt()).isEqualTo(2);
        assertThat(info.path("memory_total_bytes").asLong()).isEqualTo(24684092L * 1024);
        assertThat(info.path("virtualization").asText()).isEqualTo("systemd-nspawn");
        assertThat(info.path("boot_id").asText()).isEqualTo("ce07479e-eb61-4a56-94f7-488c7bc386db");
        assertThat(info.path("timezone").asText()).isEqualTo("Etc/UTC");
        assertThat(info.path("package_manager").asText()).isEqualTo("apt");
        assertThat(info.path("user_name").asText()).isEqualTo("infra");
        assertThat(info.path("read_at").asText()).isEqualTo("2026-11-29T00:34:04.919439469Z");
        assertThat(info.path("addresses")).hasSize(5).contains(Json.parse("""
                        {"interface_name":"lan","family":"inet","address":"10.77.0.3","prefix_length":24,"scope":"global"}"""));
    }

    /** The kernel of a container runs longer than the container does. */
    @Test
    void countsFromTheFirstProcess() {
        assertThat(show.seen(seen).path("uptime_seconds").asLong()).isEqualTo(266);
        assertThat(show.seen(seen).path("booted_at").asText()).startsWith("2026-11-29T00:29:38");
        seen[1] = Output.failed(1, "cat: /proc/1/stat: No such file or directory");
        assertThat(show.seen(seen).path("uptime_seconds").asLong()).isEqualTo(2645);
    }

    @Test
    void saysWhenTheWorkerReadWhatItKeepsOfTheHost() {
        assertThat(show.seen(seen).path("facts_read_at").asText()).isEqualTo(Rehearsal.FACTS_READ_AT.toString());
    }

    @Test
    void doesWithoutWhatAHostDoesNotHave() {
        for (int i : new int[] {7, 8, 10}) {
            seen[i] = Output.failed(Output.NOT_FOUND, "not found");
        }
        seen[5] = Output.failed(1, "cat: /etc/os-release: No such file or directory");
        seen[9] = Output.failed(1, "");
        JsonNode info = show.seen(seen);
        for (String absent : new String[] {
            "distro", "distro_id", "distro_version", "cpu_model", "virtualization", "timezone", "package_manager"
        }) {
            assertThat(info.has(absent)).as(absent).isFalse();
        }
        assertThat(info.path("distro_family").asText()).isEqualTo("other");
        assertThat(info.path("addresses")).isEmpty();
    }

    @Test
    void runsOnBareHardwareWhereNothingIsDetected() {
        seen[8] = new Output(1, "none\n", "", false);
        assertThat(show.seen(seen).path("virtualization").asText()).isEqualTo("none");
    }

    @Test
    void doesNotUnderstandGarbage() {
        for (int i : new int[] {0, 1, 2, 3, 4, 6, 10}) {
            Output kept = seen[i];
            seen[i] = Output.of("\u0000 garbage\n\n!!! 1 2 3");
            assertThatThrownBy(() -> show.seen(seen)).as("%s", i).isInstanceOf(UnexpectedOutput.class);
            seen[i] = kept;
        }
    }
}
