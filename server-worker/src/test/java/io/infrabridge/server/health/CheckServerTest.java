package io.infrabridge.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.CatalogueTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CheckServerTest {
    private static final HealthSettings USUAL = CatalogueTest.usual(HealthSettings.class);

    private final Rehearsal<?, ?> check = of(USUAL, "debian", Distro.UBUNTU);
    private final Output[] seen = {
        Captured.output("cat-proc"),
        Captured.output("head-stat-first"),
        Captured.output("nproc"),
        Captured.output("uname"),
        Captured.output("cat-os-release"),
        Captured.output("df"),
        Captured.output("systemctl-none-failed"),
        Output.of(""),
        Captured.output("head-stat-second"),
        Output.of("NTPSynchronized=yes\n"),
        Captured.error(1, "cat-no-reboot-required.err"),
        Output.of("")
    };

    @Test
    void reportsMeasuresOfARealHost() {
        JsonNode health = check.seen(seen);
        assertThat(health.path("hostname").asText()).isEqualTo("app1");
        assertThat(health.path("distro").asText()).isEqualTo("Debian GNU/Linux 12 (bookworm)");
        assertThat(health.path("kernel").asText()).startsWith("6.18");
        assertThat(health.path("cpu_count").asInt()).isEqualTo(2);
        assertThat(health.path("cpu_percent").asDouble()).isEqualTo(100.0);
        assertThat(health.path("load1").asDouble()).isEqualTo(11.28);
        assertThat(health.path("uptime_seconds").asLong()).isEqualTo(3717);
        assertThat(health.path("memory_total_bytes").asLong()).isEqualTo(24684092L * 1024);
        assertThat(health.path("memory_available_bytes").asLong()).isEqualTo(22672148L * 1024);
        assertThat(health.path("disks").get(0)).isEqualTo(Json.parse("""
                        {"source":"lab-app1","filesystem":"overlay","mount_point":"/","size_bytes":270553174016,
                         "used_bytes":28816097280,"available_bytes":80128196608,"used_percent":26.5,
                         "inodes_used_percent":3.1}"""));
        assertThat(health.path("failed_units")).isEmpty();
    }

    @Test
    void isDegradedByALoadOfTwoForEachProcessor() {
        JsonNode health = check.seen(seen);
        assertThat(health.path("status").asText()).isEqualTo("degraded");
        assertThat(health.path("issues").get(0).asText()).isEqualTo("load 5.44 over five minutes on 2 processors");
    }

    @Test
    void isHealthyWhereNothingIsWrong() {
        seen[2] = Output.of("8\n");
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("healthy");
        assertThat(check.seen(seen).path("issues")).isEmpty();
    }

    @Test
    void namesFailedUnits() {
        seen[2] = Output.of("8\n");
        seen[6] = Captured.output("systemctl-one-failed");
        JsonNode health = check.seen(seen);
        assertThat(health.path("failed_units").get(0).asText()).isEqualTo("infrabridge-broken.service");
        assertThat(health.path("status").asText()).isEqualTo("degraded");
    }

    @Test
    void getsItsVerdictWhereThereIsNoSystemdAndSaysWhatIsNotKnown() {
        seen[2] = Output.of("8\n");
        seen[9] = Output.failed(Output.NOT_FOUND, "");
        for (Output none : List.of(Captured.error(1, "systemctl-no-systemd"), Output.failed(Output.NOT_FOUND, ""))) {
            seen[6] = none;
            JsonNode health = check.seen(seen);
            assertThat(health.path("failed_units")).isEmpty();
            assertThat(health.path("status").asText()).isEqualTo("healthy");
            assertThat(health.path("not_known").toString()).contains("failed units: ", "clock: ");
            assertThat(health.has("clock_synchronized")).isFalse();
        }
    }

    @Test
    void isUnknownOnlyWhereLoadOrDisksCannotBeLookedAt() {
        seen[2] = Output.failed(Output.NOT_FOUND, "");
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("unknown");
        assertThat(check.seen(seen).path("not_known").toString()).contains("load: ");
        assertThat(check.seen(seen).has("cpu_count")).isFalse();
        seen[2] = Output.of("8\n");
        for (Output nothing : List.of(
                Output.failed(Output.NOT_FOUND, ""),
                Output.of(Captured.text("df").lines().findFirst().orElseThrow()))) {
            seen[5] = nothing;
            assertThat(check.seen(seen).path("status").asText()).isEqualTo("unknown");
            assertThat(check.seen(seen).path("disks")).isEmpty();
        }
        // what has certainly failed is not made better by what is not known
        seen[0] = Output.of(Captured.text("cat-proc").replaceFirst("MemAvailable: +\\d+", "MemAvailable: 1000"));
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("failed");
    }

    @Test
    void isDegradedByAClockThatIsNotSynchronized() {
        seen[2] = Output.of("8\n");
        seen[9] = Captured.output("timedatectl-not-synchronized");
        JsonNode health = check.seen(seen);
        assertThat(health.path("clock_synchronized").asBoolean(true)).isFalse();
        assertThat(health.path("issues").toString()).isEqualTo("[\"the clock is not synchronized\"]");
        assertThat(health.path("status").asText()).isEqualTo("degraded");
    }

    /** The two files as the packages of Debian and Ubuntu write them; no host of the lab has a kernel to install. */
    @Test
    void isDegradedByAPendingRebootAndNamesThePackages() {
        seen[2] = Output.of("8\n");
        seen[10] =
                new Output(0, "*** System restart required ***\nlinux-image-6.1.0-31-amd64\nlibc6\nlibc6\n", "", false);
        JsonNode health = check.seen(seen);
        assertThat(health.path("reboot_pending").asBoolean()).isTrue();
        assertThat(health.path("reboot_reasons").toString()).isEqualTo("[\"linux-image-6.1.0-31-amd64\",\"libc6\"]");
        assertThat(health.path("issues").get(0).asText())
                .isEqualTo("a reboot is pending for linux-image-6.1.0-31-amd64, libc6");
        seen[10] = Captured.error(1, "cat-no-reboot-required.err");
        assertThat(check.seen(seen).path("reboot_pending").asBoolean(true)).isFalse();
    }

    @Test
    void countsTheSecurityUpdatesThatAptForesees() {
        seen[2] = Output.of("8\n");
        seen[11] = Captured.output("apt-get-upgradable");
        JsonNode health = check.seen(seen);
        assertThat(health.path("security_updates").asInt()).isEqualTo(10 + 58 + 3 + 17);
        assertThat(health.path("status").asText()).isEqualTo("degraded");
        seen[11] = Output.failed(Output.NOT_FOUND, "");
        assertThat(check.seen(seen).has("security_updates")).isFalse();
        assertThat(check.seen(seen).path("not_known").toString()).contains("security updates: ");
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("healthy");
    }

    @Test
    void asksDnfOnRhel() {
        Rehearsal<?, ?> rhel = of(USUAL, "rocky", Distro.RHEL);
        assertThat(rhel.probe())
                .contains(
                        List.of("dnf", "-q", "-C", "needs-restarting", "-r"),
                        List.of("dnf", "-q", "-C", "updateinfo", "list", "--security"));
        seen[2] = Output.of("8\n");
        seen[4] = Captured.output("cat-os-release-rocky");
        seen[10] = new Output(1, Captured.text("dnf-reboot-required"), "", false);
        seen[11] = Captured.output("dnf-security-updates");
        JsonNode health = rhel.seen(seen);
        assertThat(health.path("reboot_pending").asBoolean()).isTrue();
        assertThat(health.path("reboot_reasons").toString()).isEqualTo("[\"linux-firmware\"]");
        assertThat(health.path("security_updates").asInt()).isEqualTo(2);
        seen[10] = Captured.output("dnf-no-reboot");
        seen[11] = Output.of("");
        assertThat(rhel.seen(seen).path("reboot_pending").asBoolean(true)).isFalse();
        assertThat(rhel.seen(seen).path("security_updates").asInt()).isZero();
        // the status is the one of a pending reboot
        seen[10] = Captured.error(1, "dnf-no-such-command.err");
        assertThat(rhel.seen(seen).has("reboot_pending")).isFalse();
        assertThat(rhel.seen(seen).path("not_known").toString()).contains("reboot: ");
    }

    @Test
    void comparesKernelsOnNixos() {
        Rehearsal<?, ?> nixos = of(USUAL, "nixos", Distro.NIXOS);
        Output[] fewer = Arrays.copyOf(seen, 11);
        fewer[2] = Output.of("8\n");
        fewer[4] = Captured.output("cat-os-release-nixos");
        fewer[10] = Captured.output("realpath-kernels");
        assertThat(nixos.seen(fewer).path("reboot_pending").asBoolean()).isTrue();
        String first = fewer[10].lines().get(0);
        fewer[10] = Output.of(first + "\n" + first + "\n");
        assertThat(nixos.seen(fewer).path("reboot_pending").asBoolean(true)).isFalse();
        fewer[10] = Output.failed(1, "realpath: /run/booted-system/kernel: No such file or directory");
        assertThat(nixos.seen(fewer).has("reboot_pending")).isFalse();
    }

    /** The inventory may call a host what it does not call itself; then nothing is asked that would be misread. */
    @Test
    void saysThatNothingIsKnownOfUpkeepWhereTheDistributionIsInDoubt() {
        Rehearsal<?, ?> doubtful = of(USUAL, "arch", Distro.UBUNTU);
        assertThat(doubtful.probe()).hasSize(10);
        JsonNode health = doubtful.seen(Arrays.copyOf(seen, 10));
        assertThat(health.has("reboot_pending")).isFalse();
        assertThat(health.path("not_known").toString()).contains("reboot: ", "security updates: ");
        assertThat(of(USUAL, "arch", Distro.OTHER).probe()).hasSize(10);
    }

    @Test
    void isDegradedByFullSwap() {
        seen[2] = Output.of("8\n");
        seen[0] = Output.of(Captured.text("cat-proc")
                .replaceFirst("SwapTotal: +\\d+", "SwapTotal: 1000")
                .replaceFirst("SwapFree: +\\d+", "SwapFree: 100"));
        assertThat(check.seen(seen).path("issues").toString()).isEqualTo("[\"swap: 90.0 % in use\"]");
    }

    @Test
    void goesByTheSettingsOfItsAdministrator() {
        HealthSettings patient = new SmallRyeConfigBuilder()
                .withMapping(HealthSettings.class)
                .withDefaultValues(Map.of(
                        "infrabridge.server.health.load-degraded", "50",
                        "infrabridge.server.health.disk-degraded-percent", "20",
                        "infrabridge.server.health.unsynchronized-clock-degrades", "false",
                        "infrabridge.server.health.pending-reboot-degrades", "false",
                        "infrabridge.server.health.security-updates-degrade", "false"))
                .build()
                .getConfigMapping(HealthSettings.class);
        seen[9] = Captured.output("timedatectl-not-synchronized");
        seen[10] = Output.of("*** System restart required ***\n");
        seen[11] = Captured.output("apt-get-upgradable");
        JsonNode health = of(patient, "debian", Distro.UBUNTU).seen(seen);
        assertThat(health.path("issues").valueStream().map(JsonNode::asText))
                .containsExactly("/ is 26.5 % full", "/run/host/os-release is 26.5 % full");
        assertThat(health.path("reboot_pending").asBoolean()).isTrue();
    }

    @Test
    void hasDefaultsThatAHealthyHostKeeps() {
        assertThat(USUAL.diskDegradedPercent()).isEqualTo(90);
        assertThat(USUAL.diskFailedPercent()).isEqualTo(98);
        assertThat(USUAL.memoryDegradedPercent()).isEqualTo(10);
        assertThat(USUAL.memoryFailedPercent()).isEqualTo(3);
        assertThat(USUAL.swapDegradedPercent()).isEqualTo(80);
        assertThat(USUAL.loadDegraded()).isEqualTo(2);
        assertThat(USUAL.unsynchronizedClockDegrades()).isTrue();
        assertThat(USUAL.pendingRebootDegrades()).isTrue();
        assertThat(USUAL.securityUpdatesDegrade()).isTrue();
    }

    @Test
    void isFailedByAFullDisk() {
        seen[5] = Output.of(Captured.text("df").replace("80128196608", "100"));
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("failed");
        assertThat(check.seen(seen).path("issues").toString()).contains("/ is 100.0 % full");
    }

    @Test
    void doesNotUnderstandGarbage() {
        for (int i = 0; i < seen.length; i++) {
            if (i != 4 && i != 6 && i != 7 && i < 9) {
                Output kept = seen[i];
                seen[i] = Output.of("\u0000 garbage\n\n!!! 1 2 3");
                assertThatThrownBy(() -> check.seen(seen)).isInstanceOf(UnexpectedOutput.class);
                seen[i] = kept;
            }
        }
    }

    @Test
    void neverTouchesNetworkFileSystems() {
        assertThat(check.probe()).anySatisfy(argv -> assertThat(argv).startsWith("df", "-l"));
        assertThat(check.plan(seen)).isEmpty();
    }

    private static Rehearsal<?, ?> of(HealthSettings settings, String id, Distro distro) {
        HostFacts host = new HostFacts("app1", distro, Map.of("ID", id), "6.1.0", "x86_64", "infra", 1000);
        return new Rehearsal<>(new CheckServer(settings), host, "{'operation':'health'}");
    }
}
