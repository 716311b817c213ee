package io.infrabridge.nfs.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.nfs.Roots;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckMountTest {
    private final Rehearsal<?, ?> check =
            new Rehearsal<>(new CheckMount(Roots.USUAL), "{'action':'health','target':'/mnt/data/'}");
    private final Output[] seen = {
        Captured.output("mounts-all"),
        Captured.output("date-first"),
        Captured.output("stat-accessible"),
        Captured.output("date-second"),
        Captured.output("cat-mountstats-first"),
        Output.of(""),
        Captured.output("cat-mountstats-second"),
        Output.of("1795466249.033320740\n")
    };

    @Test
    void measuresARealMountThatWasWrittenTo() {
        JsonNode health = check.seen(seen);
        assertThat(health.path("mount_point").asText()).isEqualTo("/mnt/data");
        assertThat(health.path("status").asText()).isEqualTo("healthy");
        assertThat(health.path("server_reachable").asBoolean()).isTrue();
        assertThat(health.path("mount_accessible").asBoolean()).isTrue();
        assertThat(health.path("response_time_ms").asDouble()).isEqualTo(498.345);
        assertThat(health.path("last_check").asText()).isEqualTo("2026-11-23T20:37:27.033320740Z");
        assertThat(health.path("issues")).isEmpty();
        JsonNode metrics = health.path("metrics");
        // in two seconds: 8 writes of 128 KiB, one read of 20 bytes
        assertThat(metrics.path("read_iops").asDouble()).isEqualTo(0.5);
        assertThat(metrics.path("write_iops").asDouble()).isEqualTo(4.0);
        assertThat(metrics.path("throughput_mbps").asDouble()).isEqualTo(4.194);
        assertThat(metrics.path("latency_ms").asDouble()).isPositive();
        assertThat(metrics.path("retransmissions").asInt()).isZero();
    }

    @Test
    void failsWhereTheServerDoesNotAnswer() {
        seen[2] = Output.failed(124, "");
        JsonNode health = check.seen(seen);
        assertThat(health.path("status").asText()).isEqualTo("failed");
        assertThat(health.path("server_reachable").asBoolean()).isFalse();
        assertThat(health.path("mount_accessible").asBoolean()).isFalse();
        assertThat(health.path("issues").get(0).asText()).isEqualTo("the server did not answer within 5 s");
    }

    @Test
    void tellsAServerThatRefusesFromOneThatIsAway() {
        seen[2] = Output.failed(1, "stat: cannot read file system information for '/mnt/data': Stale file handle");
        assertThat(check.seen(seen).path("server_reachable").asBoolean()).isTrue();
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("failed");
        seen[2] = Output.failed(1, "stat: cannot read file system information for '/mnt/data': Input/output error");
        assertThat(check.seen(seen).path("server_reachable").asBoolean()).isFalse();
    }

    @Test
    void isDegradedByASlowAnswer() {
        seen[3] = Output.of("1795466248.534975260\n");
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("degraded");
        assertThat(check.seen(seen).path("issues").get(0).asText()).isEqualTo("the server took 2000 ms to answer");
    }

    @Test
    void isDegradedByRequestsThatWereSentAgain() {
        seen[6] = Captured.output("cat-mountstats-dead");
        seen[4] = Captured.output("cat-mountstats-second");
        assertThat(check.seen(seen).path("metrics").path("latency_ms").asDouble())
                .isNotNegative();
        seen[6] = Output.of(Captured.text("cat-mountstats-second").replaceAll("FSINFO: 1 1", "FSINFO: 1 4"));
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("degraded");
        assertThat(check.seen(seen).path("metrics").path("retransmissions").asInt())
                .isEqualTo(3);
    }

    @Test
    void understandsTheCountersOfVersion3() {
        seen[6] = Captured.output("cat-mountstats-version-3");
        seen[4] = seen[6];
        Rehearsal<?, ?> other =
                new Rehearsal<>(new CheckMount(Roots.USUAL), "{'action':'health','target':'/mnt/nfs/data'}");
        assertThat(other.seen(seen).path("metrics").path("latency_ms").asDouble())
                .isPositive();
    }

    @Test
    void findsNoMountWhereThereIsNone() {
        Rehearsal<?, ?> other =
                new Rehearsal<>(new CheckMount(Roots.USUAL), "{'action':'health','target':'/srv/data'}");
        assertThat(other.refusal(seen).category()).isEqualTo(Category.NOT_FOUND);
        assertThat(check.plan(seen)).isEmpty();
    }

    @Test
    void neverAsksTheServerWithoutABound() {
        List<List<String>> touching = check.probe().stream()
                .filter(argv -> argv.contains("/mnt/data"))
                .toList();
        assertThat(touching).singleElement().satisfies(argv -> assertThat(argv).startsWith("timeout", "-k", "1", "5"));
    }

    @Test
    void doesNotUnderstandGarbage() {
        for (int i : new int[] {1, 3, 4, 6, 7}) {
            Output kept = seen[i];
            seen[i] = Output.of("garbage");
            assertThatThrownBy(() -> check.seen(seen)).isInstanceOf(UnexpectedOutput.class);
            seen[i] = kept;
        }
    }
}
