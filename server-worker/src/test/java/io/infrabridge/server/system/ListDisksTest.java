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

final class ListDisksTest {
    private final Rehearsal<?, ?> list = new Rehearsal<>(new ListDisks(), "{'operation':'system','action':'disks'}");
    private final Output df = Captured.output("df");

    @Test
    void listsTheDisksOfARealHost() {
        JsonNode disks = list.seen(Captured.output("lsblk"), df);
        assertThat(disks.path("devices")).hasSize(2).contains(Json.parse("""
                        {"name":"vda","kind":"disk","size_bytes":274877906944,"mount_point":"/","read_only":false,
                         "rotating":true}"""));
        assertThat(disks.path("filesystems").get(0).path("mount_point").asText())
                .isEqualTo("/");
    }

    /** Made by hand after lsblk(8): partitions below their disk, and numbers as text, as versions before 2.33 have them. */
    @Test
    void listsWhatLiesOnADiskBelowIt() {
        JsonNode devices = list.seen(Output.of("""
                                {"blockdevices":[{"name":"sda","type":"disk","size":"1000","fstype":null,"mountpoint":null,
                                "model":"X ","ro":"0","rota":"1","children":[{"name":"sda1","type":"part","size":"900",
                                "fstype":"LVM2_member","ro":"1","rota":"0","children":[{"name":"vg0-data","type":"lvm",
                                "size":"800","fstype":"ext4","label":"data","uuid":"u","mountpoint":"/srv","ro":"0",
                                "rota":"1"}]}]}]}"""), df).path("devices");
        assertThat(devices.findValuesAsText("name")).containsExactly("sda", "sda1", "vg0-data");
        assertThat(devices.get(0).has("parent")).isFalse();
        assertThat(devices.get(0).path("model").asText()).isEqualTo("X");
        assertThat(devices.get(1).path("read_only").asBoolean()).isTrue();
        assertThat(Json.parse(devices.get(2).toString())).isEqualTo(Json.parse("""
                        {"name":"vg0-data","kind":"lvm","parent":"sda1","size_bytes":800,"filesystem":"ext4","label":"data",
                         "uuid":"u","mount_point":"/srv","read_only":false,"rotating":true}"""));
    }

    @Test
    void listsNoDevicesWhereThereAreNone() {
        assertThat(list.seen(Output.of(""), df).path("devices")).isEmpty();
        assertThat(list.seen(Output.failed(32, "lsblk: none"), df).path("devices"))
                .isEmpty();
        assertThat(list.seen(Captured.output("lsblk-app2"), df).path("devices")).isNotEmpty();
    }

    @Test
    void doesNotUnderstandGarbage() {
        assertThatThrownBy(() -> list.seen(Output.of("garbage"), df)).isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> list.seen(Output.of("{\"blockdevices\":[{}]}"), df))
                .isInstanceOf(UnexpectedOutput.class);
        assertThatThrownBy(() -> list.seen(Output.of("{\"blockdevices\":[{\"name\":\"a\",\"size\":\"1G\"}]}"), df))
                .isInstanceOf(UnexpectedOutput.class);
    }
}
