package io.infrabridge.nas.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.nas.volume.FileSystems.Mounted;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** lvm(8): a pool is a volume group. */
record Lvm() implements Keeper {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z");

    @Override
    public List<Run> look() {
        return List.of(
                report("List the volume groups", "vgs", "vg_name,vg_size,vg_free,vg_extent_size"),
                report(
                        "List the logical volumes",
                        "lvs",
                        "lv_name,vg_name,lv_size,lv_attr,origin,data_percent,lv_path,lv_time,lv_tags"));
    }

    @Override
    public Found read(List<Output> seen, FileSystems mounted) {
        List<Pool> pools = new ArrayList<>();
        for (JsonNode group : rows(seen.get(0), "vg")) {
            pools.add(Pool.of(
                    text(group, "vg_name"),
                    StorageKind.LVM,
                    bytes(group, "vg_size"),
                    bytes(group, "vg_free"),
                    Optional.empty(),
                    Optional.empty()));
        }
        List<Volume> volumes = new ArrayList<>();
        for (JsonNode row : rows(seen.get(1), "lv")) {
            volumes.add(volume(row, mounted));
        }
        return new Found(pools, volumes);
    }

    private static Volume volume(JsonNode row, FileSystems mounted) {
        String name = text(row, "lv_name");
        String group = text(row, "vg_name");
        Optional<Mounted> there =
                mounted.from(text(row, "lv_path"), "/dev/mapper/" + mapped(group) + "-" + mapped(name));
        return new Volume(
                StorageKind.LVM,
                group,
                name,
                there.map(Mounted::target),
                there.map(Mounted::filesystem),
                Optional.of(bytes(row, "lv_size")),
                there.map(Mounted::used),
                name,
                Optional.of(text(row, "origin")).filter(origin -> !origin.isEmpty()),
                created(text(row, "lv_time")),
                Map.of(
                        "attributes", text(row, "lv_attr"),
                        "device", text(row, "lv_path"),
                        "data_percent", text(row, "data_percent"),
                        "tags", text(row, "lv_tags")));
    }

    private static Run report(String description, String program, String columns) {
        return Run.of(
                        description,
                        program,
                        "--reportformat",
                        "json",
                        "--units",
                        "b",
                        "--nosuffix",
                        "--options",
                        columns)
                .asRoot("lvm reads the disks themselves")
                .accepting(0, Output.NOT_FOUND);
    }

    private static List<JsonNode> rows(Output output, String name) {
        if (output.missing()) {
            return List.of();
        }
        List<JsonNode> rows = new ArrayList<>();
        try {
            JsonNode report = Json.parse(output.text()).path("report");
            if (!report.isArray()) {
                throw new UnexpectedOutput("lvm: no report");
            }
            report.forEach(part -> part.path(name).forEach(rows::add));
        } catch (InvalidContract e) {
            throw new UnexpectedOutput("lvm: not JSON", e);
        }
        return rows;
    }

    /** The device mapper doubles the hyphens of both names to set them apart by one. */
    private static String mapped(String name) {
        return name.replace("-", "--");
    }

    private static Optional<Instant> created(String time) {
        try {
            return time.isEmpty() ? Optional.empty() : Optional.of(Instant.from(TIME.parse(time)));
        } catch (DateTimeException e) {
            throw new UnexpectedOutput("lvm: time " + time, e);
        }
    }

    private static String text(JsonNode row, String name) {
        JsonNode value = row.path(name);
        if (!value.isTextual()) {
            throw new UnexpectedOutput("lvm: a row without " + name);
        }
        return value.textValue();
    }

    private static long bytes(JsonNode row, String name) {
        try {
            return Long.parseLong(text(row, name));
        } catch (NumberFormatException e) {
            throw new UnexpectedOutput("lvm: " + name + " " + text(row, name), e);
        }
    }
}
