package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.server.OddOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nix said of the programs of the lab's host, and of packages with several outputs that were written for it. */
final class NixInventoryTest {
    private final Rehearsal<?, ?> list = asking("");

    @Test
    void listsWhatTheSystemThatRunsHas() {
        assertThat(list.probe())
                .containsExactly(List.of("nix-store", "--query", "--references", "/run/current-system/sw"));
        JsonNode page = list.seen(Captured.output("nix-store-references"));
        assertThat(page.path("total").asInt()).isEqualTo(4);
        assertThat(page.path("packages").path(0).toString())
                .isEqualTo("{\"name\":\"infrabridge-hello\",\"version\":\"1.0\",\"architecture\":\"x86_64\","
                        + "\"held\":false}");
        assertThat(page.path("packages").path(3).path("name").asText()).isEqualTo("python3.11-requests");
        assertThat(asking(",'query':'practice'")
                        .seen(Captured.output("nix-store-references"))
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void listsAPackageOnceWhateverItsOutputs() {
        JsonNode page = list.seen(Captured.output("nix-store-references-outputs"));
        assertThat(page.path("packages").findValuesAsText("name"))
                .containsExactly(
                        "bash-interactive",
                        "bind",
                        "git",
                        "glibc-locales",
                        "nano",
                        "nixos-rebuild",
                        "openssh",
                        "perl",
                        "xz");
        assertThat(page.path("packages").findValuesAsText("version"))
                .containsExactly(
                        "5.2-p15", "9.18.19-dnsutils", "2.42.0", "2.38-27", "7.2", "", "9.5p1", "5.38.2", "5.4.4");
    }

    @Test
    void knowsAnOutputWithANameOfItsOwnByThePackageBesideIt() {
        String hash = "/nix/store/" + "0".repeat(32) + "-";
        assertThat(NixInventory.of(Output.of(hash + "bind-9.18.19\n" + hash + "bind-9.18.19-dnsutils\n"), "x86_64")
                        .entries())
                .containsExactly(NixInventory.entry("bind", "9.18.19", "x86_64"));
    }

    @Test
    void readsWhateverNixSaysOrSaysThatItCannot() {
        OddOutput.of(Captured.output("nix-store-references"), Captured.output("nix-store-references-outputs"))
                .isReadOrRefused(odd -> NixInventory.of(odd, "x86_64"));
    }

    private static Rehearsal<?, ?> asking(String more) {
        return new Rehearsal<>(
                new ListPackages(),
                Rehearsal.host(Distro.NIXOS),
                "{'operation':'package','action':'list'" + more + "}");
    }
}
