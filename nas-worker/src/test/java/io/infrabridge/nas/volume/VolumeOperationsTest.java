package io.infrabridge.nas.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Json;
import io.infrabridge.nas.Hosts;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VolumeOperationsTest {
    private final Output exports = Captured.output("exportfs-nas1");
    private final Output noFile = Output.failed(2, "");

    @Test
    void listsVolumesOfEveryKindThatTheHostHas() {
        JsonNode list = listing("").seen(Hosts.and(Hosts.withBtrfsAndLvm()));
        assertThat(list.path("volumes").findValuesAsText("name"))
                .containsExactly("production-data", "scratch", "archive", "data");
        assertThat(list.path("volumes").get(0)).isEqualTo(Json.parse("""
                        {"name":"production-data","pool":"pool","kind":"btrfs","filesystem":"btrfs","size_gb":1.0,
                         "used_gb":0.0,"mount_point":"/srv/pool/production-data"}"""));
        assertThat(list.path("volumes").get(2)).isEqualTo(Json.parse("""
                        {"name":"archive","pool":"vg0","kind":"lvm","filesystem":"xfs","size_gb":0.375,
                         "used_gb":0.021,"mount_point":"/srv/archive"}"""));
        assertThat(list.path("pools").get(1)).isEqualTo(Json.parse("""
                        {"name":"vg0","kind":"lvm","size_gb":1.996,"used_gb":0.875,"free_gb":1.121}"""));
        assertThat(list.path("total").asInt()).isEqualTo(4);
    }

    @Test
    void listsOnePoolOnly() {
        JsonNode list = listing("'pool':'vg0'").seen(Hosts.and(Hosts.withBtrfsAndLvm()));
        assertThat(list.path("volumes").findValuesAsText("pool")).containsOnly("vg0");
        assertThat(list.path("pools")).hasSize(1);
    }

    @Test
    void listsNoSnapshots() {
        JsonNode list = listing("").seen(Hosts.and(Hosts.withSnapshot()));
        assertThat(list.path("total").asInt()).isEqualTo(4);
    }

    @Test
    void understandsZfsAsItsManualSays() {
        JsonNode list = listing("").seen(Hosts.and(Hosts.withZfs()));
        assertThat(list.path("volumes").findValuesAsText("name")).containsExactly("production-data", "vm");
        assertThat(list.path("volumes").get(0).path("size_gb").asDouble()).isEqualTo(3.0);
        assertThat(list.path("volumes").get(1).path("size_gb").asDouble()).isEqualTo(10.0);
        assertThat(list.path("pools").get(0).path("health").asText()).isEqualTo("ONLINE");
        JsonNode details = showing("production-data").seen(Hosts.and(Hosts.withZfs(), Output.of(""), noFile));
        assertThat(details.path("snapshots").asInt()).isEqualTo(1);
        assertThat(details.path("compression").asText()).isEqualTo("lz4");
        assertThat(details.path("created").asText()).isEqualTo("2023-11-14T22:15:00Z");
    }

    @Test
    void showsAVolumeWithItsSnapshotsAndExports() {
        JsonNode details = showing("production-data").seen(Hosts.and(Hosts.withSnapshot(), exports, noFile));
        assertThat(details.path("snapshots").asInt()).isEqualTo(1);
        assertThat(details.path("exports").findValuesAsText("path")).containsExactly("/srv/pool/production-data");
        assertThat(details.path("properties").findValuesAsText("name")).containsExactly("subvolume_id", "uuid");
        assertThat(details.has("compression")).isFalse();
        JsonNode logical = showing("vg0/data").seen(Hosts.and(Hosts.withSnapshot(), exports, noFile));
        assertThat(logical.path("snapshots").asInt()).isEqualTo(1);
        assertThat(logical.path("created").asText()).isEqualTo("2026-11-23T20:35:11Z");
    }

    @Test
    void tellsHowAPoolCompresses() {
        List<Output> host = new ArrayList<>(Hosts.withBtrfsAndLvm());
        host.set(0, Output.of(Captured.text("findmnt").replace("subvolid=5", "compress=zstd:3,subvolid=5")));
        assertThat(showing("scratch")
                        .seen(Hosts.and(host, exports, noFile))
                        .path("compression")
                        .asText())
                .isEqualTo("zstd:3");
    }

    @Test
    void findsNoVolumeThatIsNotThere() {
        Output[] seen = Hosts.and(Hosts.withBtrfsAndLvm(), exports, noFile);
        assertThat(showing("nosuch").refusal(seen).category()).isEqualTo(Category.NOT_FOUND);
        assertThat(showing("scratch").plan(seen)).isEmpty();
    }

    @Test
    void asksWhichOfTwoVolumesOfOneNameIsMeant() {
        List<Output> host = new ArrayList<>(Hosts.withBtrfsAndLvm());
        host.set(6, Output.of(Captured.text("lvs").replace("\"lv_name\":\"data\"", "\"lv_name\":\"scratch\"")));
        var refusal = showing("scratch").refusal(Hosts.and(host, exports, noFile));
        assertThat(refusal.category()).isEqualTo(Category.CONFLICT);
        assertThat(refusal.message()).contains("pool, vg0");
        assertThat(showing("vg0/scratch").plan(Hosts.and(host, exports, noFile)))
                .isEmpty();
    }

    @Test
    void looksAtNoOtherPlacesThanTheConfiguredOnes() {
        assertThat(listing("").probe())
                .filteredOn(argv -> argv.get(0).equals("btrfs"))
                .allSatisfy(argv -> assertThat(argv).endsWith("--", "/srv/pool"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "a b", "$(x)", "", "a@b"})
    void cannotBeAskedForAnythingButNames(String hostile) {
        assertThatThrownBy(() -> showing(hostile)).isInstanceOf(InvalidArguments.class);
    }

    @Test
    void doesNotUnderstandGarbage() {
        for (int i : new int[] {0, 1, 2, 3, 5, 6}) {
            List<Output> host = new ArrayList<>(Hosts.withBtrfsAndLvm());
            host.set(i, Output.of("garbage"));
            assertThatThrownBy(() -> listing("").seen(Hosts.and(host)))
                    .as("output %d", i)
                    .isInstanceOf(UnexpectedOutput.class);
        }
    }

    private static Rehearsal<?, ?> listing(String arguments) {
        return new Rehearsal<>(
                new ListVolumes(Hosts.SETTINGS),
                "{'action':'list'" + (arguments.isEmpty() ? "" : ",") + arguments + "}");
    }

    private static Rehearsal<?, ?> showing(String name) {
        return new Rehearsal<>(new ShowVolume(Hosts.SETTINGS), "{'action':'details','name':'" + name + "'}");
    }
}
