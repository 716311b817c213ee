package io.infrabridge.nfs.mount;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is mounted on a host; see findmnt(8). */
public record MountTable(List<Entry> entries) {
    public MountTable {
        entries = List.copyOf(entries);
    }

    /** Reads the kernel's table and touches no mount point: at a dead server that would hang. */
    public static Run look() {
        // 1: nothing is mounted
        return Run.of(
                        "List what is mounted",
                        "findmnt",
                        "--json",
                        "--list",
                        "--nocanonicalize",
                        "--output",
                        "SOURCE,TARGET,FSTYPE,OPTIONS")
                .accepting(0, 1);
    }

    public static MountTable parse(Output output) {
        if (output.text().isBlank() && output.status() == 1) {
            return new MountTable(List.of());
        }
        try {
            JsonNode listed = Json.parse(output.text()).path("filesystems");
            if (!listed.isArray()) {
                throw new UnexpectedOutput("findmnt: no filesystems in " + shortened(output));
            }
            List<Entry> entries = new ArrayList<>();
            for (JsonNode each : listed) {
                entries.add(new Entry(
                        text(each, "source"), text(each, "target"), text(each, "fstype"), text(each, "options")));
            }
            return new MountTable(entries);
        } catch (InvalidContract e) {
            throw new UnexpectedOutput("findmnt: " + shortened(output), e);
        }
    }

    public List<NfsMount> nfs() {
        return entries.stream().filter(Entry::isNfs).map(NfsMount::of).toList();
    }

    /** What is seen at this place: the last one mounted there. */
    public Optional<Entry> at(AbsolutePath target) {
        return entries.stream()
                .filter(entry -> entry.target().equals(target.value()))
                .reduce((below, above) -> above);
    }

    public Optional<NfsMount> nfsAt(AbsolutePath target) {
        return at(target).filter(Entry::isNfs).map(NfsMount::of);
    }

    private static String text(JsonNode entry, String name) {
        JsonNode value = entry.path(name);
        if (!value.isTextual() && !value.isNull()) {
            throw new UnexpectedOutput("findmnt: an entry without " + name);
        }
        return value.asText("");
    }

    private static String shortened(Output output) {
        return output.text().substring(0, Math.min(200, output.text().length()));
    }

    /** One mount of any kind. */
    public record Entry(String source, String target, String fstype, String options) {
        boolean isNfs() {
            return fstype.equals("nfs") || fstype.equals("nfs4");
        }
    }
}
