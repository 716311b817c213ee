package io.infrabridge.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasureSystemTest {
    private final Rehearsal<?, ?> measure =
            new Rehearsal<>(new MeasureSystem(), "{'operation':'system','action':'metrics'}");
    private final Output[] seen = {
        Captured.output("cat-boot"),
        Captured.output("cat-stat-of-1"),
        Captured.output("date-utc"),
        Captured.output("cat-proc"),
        Captured.output("head-stat-first"),
        Captured.output("cat-traffic-first"),
        Captured.output("nproc"),
        Captured.output("df"),
        Captured.output("cat-file-nr"),
        Captured.output("ps-states"),
        Captured.output("systemctl-running"),
        Output.of(""),
        Captured.output("head-stat-second"),
        Captured.output("cat-traffic-second")
    };

    @Test
    void looksTwiceASecondApart() {
        assertThat(measure.probe()).hasSameSizeAs(seen).contains(List.of("sleep", "1"));
    }

    @Test
    void measuresARealHost() {
        JsonNode metrics = measure.seen(seen);
        assertThat(metrics.path("cpu_count").asInt()).isEqualTo(2);
        assertThat(metrics.path("cpu_percent").asDouble()).isEqualTo(100.0);
        assertThat(metrics.path("load5").asDouble()).isEqualTo(5.44);
        assertThat(metrics.path("memory_used_bytes").asLong()).isEqualTo((24684092L - 22672148L) * 1024);
        assertThat(metrics.path("disks").get(0).path("mount_point").asText()).isEqualTo("/");
        assertThat(metrics.path("open_files").asLong()).isEqualTo(3327);
        assertThat(metrics.path("open_files_limit").asLong()).isEqualTo(2466183);
        assertThat(metrics.path("processes").asInt()).isEqualTo(13);
        assertThat(metrics.path("processes_running").asInt()).isEqualTo(1);
        assertThat(metrics.path("processes_blocked").asInt()).isZero();
        assertThat(metrics.path("services_running").asInt()).isEqualTo(8);
        assertThat(metrics.path("uptime_seconds").asLong()).isEqualTo(266);
    }

    @Test
    void tellsWhatDisksAndNetworksDidBetweenTwoLooks() {
        seen[5] = Output.of("""
                100.00 50.00
                 254       0 vda 1000 0 8000 10 500 0 4000 20 0 300 30 0 0 0 0 0 0
                 254       1 vda1 900 0 7000 10 500 0 4000 20 0 300 30 0 0 0 0 0 0
                 259       0 nvme0n1 1 0 8 1 1 0 8 1 0 1 1
                 259       1 nvme0n1p1 1 0 8 1 1 0 8 1 0 1 1
                   7       0 loop0 1 0 8 1 1 0 8 1 0 1 1
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo:    1000       5    0    0    0     0          0         0     1000       5    0    0    0     0       0          0
                  eth0:5000 10 1 0 0 0 0 0 7000 20 2 0 0 0 0 0
                """);
        seen[13] = Output.of(seen[5].text()
                .replace("100.00 50.00", "102.00 51.00")
                .replace("vda 1000 0 8000 10 500 0 4000 20 0 300", "vda 1100 0 10000 10 520 0 4008 20 0 1300")
                .replace("eth0:5000", "eth0:9000")
                .replace("7000 20 2", "17000 20 2"));
        JsonNode metrics = measure.seen(seen);
        assertThat(metrics.path("disk_activity")).hasSize(2);
        JsonNode vda = metrics.path("disk_activity").get(0);
        assertThat(vda.path("device").asText()).isEqualTo("vda");
        assertThat(vda.path("read_bytes_per_second").asLong()).isEqualTo(2000 * 512 / 2);
        assertThat(vda.path("written_bytes_per_second").asLong()).isEqualTo(8 * 512 / 2);
        assertThat(vda.path("reads_per_second").asLong()).isEqualTo(50);
        assertThat(vda.path("writes_per_second").asLong()).isEqualTo(10);
        assertThat(vda.path("busy_percent").asDouble()).isEqualTo(50.0);
        assertThat(metrics.path("network_activity")).hasSize(1);
        JsonNode eth0 = metrics.path("network_activity").get(0);
        assertThat(eth0.path("interface_name").asText()).isEqualTo("eth0");
        assertThat(eth0.path("received_bytes_per_second").asLong()).isEqualTo(2000);
        assertThat(eth0.path("sent_bytes_per_second").asLong()).isEqualTo(5000);
        assertThat(eth0.path("receive_errors").asLong()).isEqualTo(1);
        assertThat(eth0.path("send_errors").asLong()).isEqualTo(2);
    }

    @Test
    void hasNoServicesWhereThereIsNoSystemd() {
        seen[10] = Captured.error(1, "systemctl-no-systemd");
        assertThat(measure.seen(seen).has("services_running")).isFalse();
    }

    @Test
    void doesNotUnderstandGarbage() {
        for (int i = 0; i < seen.length; i++) {
            if (i != 10 && i != 11) {
                Output kept = seen[i];
                seen[i] = Output.of("\u0000 garbage\n\n!!! 1 2 3");
                assertThatThrownBy(() -> measure.seen(seen)).as("%s", i).isInstanceOf(UnexpectedOutput.class);
                seen[i] = kept;
            }
        }
    }
}
