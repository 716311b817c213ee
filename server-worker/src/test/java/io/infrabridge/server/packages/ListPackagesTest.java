package io.infrabridge.server.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListPackagesTest {
    private final Output[] debian = {
        Captured.output("dpkg-query-outdated"),
        Captured.output("apt-mark-showhold"),
        Captured.output("apt-cache-policy")
    };

    @Test
    void tellsWhatIsHeldAndWhatCouldBeUpdated() {
        JsonNode page = asking(Distro.UBUNTU, ",'query':'infrabridge'").seen(debian);
        assertThat(page.path("total").asInt()).isEqualTo(6);
        assertThat(page.path("packages").path(0).toString())
                .isEqualTo("{\"name\":\"infrabridge-hello\",\"version\":\"1.0\",\"architecture\":\"all\",\"held\":true,"
                        + "\"available_version\":\"1.1\"}");
        assertThat(page.path("packages").path(5).toString())
                .isEqualTo("{\"name\":\"infrabridge-practice-e\",\"version\":\"2:1.0\",\"architecture\":\"all\","
                        + "\"held\":false}");
        assertThat(page.has("next_cursor")).isFalse();
    }

    @Test
    void listsWhatRpmKnows() {
        JsonNode page = asking(Distro.RHEL, "")
                .seen(
                        Captured.output("rpm-qa-outdated"),
                        Captured.output("dnf-versionlock-list"),
                        Captured.output("dnf-upgrades"));
        assertThat(page.path("packages")).hasSize(4);
        assertThat(page.path("packages").path(2).toString())
                .isEqualTo("{\"name\":\"infrabridge-practice-a\",\"version\":\"1.0-1\",\"architecture\":\"noarch\","
                        + "\"held\":true,\"available_version\":\"1.1-1\"}");
    }

    @Test
    void wantsAllWordsOfTheQueryInTheName() {
        assertThat(asking(Distro.UBUNTU, ",'query':'practice infra'")
                        .seen(debian)
                        .path("total")
                        .asInt())
                .isEqualTo(4);
        assertThat(asking(Distro.UBUNTU, ",'query':'hello practice'")
                        .seen(debian)
                        .path("packages"))
                .isEmpty();
    }

    @Test
    void goesFromPageToPageWithoutLeavingAnythingOut() {
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = asking(Distro.UBUNTU, ",'limit':25" + cursor).seen(debian);
            page.path("packages").forEach(each -> names.add(each.path("name").asText()));
            assertThat(page.path("packages").size()).isBetween(1, 25);
            cursor = page.has("next_cursor")
                    ? ",'cursor':'" + page.path("next_cursor").asText() + "'"
                    : "";
        } while (!cursor.isEmpty());
        assertThat(names)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(Inventory.parse(debian[0]).installed().size());
    }

    @Test
    void leavesOutWhatIsNoLongerInstalled() {
        JsonNode page = asking(Distro.UBUNTU, ",'query':'hello'")
                .seen(Captured.output("dpkg-query-removed"), Output.of(""), Output.of(""));
        assertThat(page.path("packages")).hasSize(1);
        assertThat(page.path("packages").path(0).path("name").asText()).isEqualTo("infrabridge-hello-data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'limit':0", "'limit':501", "'cursor':'a b'", "'query':'-x'"})
    void refusesOtherPages(String argument) {
        assertThatThrownBy(() -> asking(Distro.UBUNTU, "," + argument)).isInstanceOf(InvalidArguments.class);
    }

    @Test
    void refusesADistributionWhosePackagesItDoesNotKnow() {
        assertThat(asking(Distro.OTHER, "").refusedProbe().category()).isEqualTo(Category.UNSUPPORTED_TARGET);
    }

    private static Rehearsal<?, ?> asking(Distro distro, String more) {
        return new Rehearsal<>(
                new ListPackages(), Rehearsal.host(distro), "{'operation':'package','action':'list'" + more + "}");
    }
}
