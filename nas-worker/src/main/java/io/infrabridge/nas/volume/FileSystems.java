package io.infrabridge.nas.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mounted local file systems of the kinds that volumes have; network ones could hang whoever measures them. */
record FileSystems(List<Mounted> mounted) {
    FileSystems {
        mounted = List.copyOf(mounted);
    }

    static Run look() {
        // 1: none is mounted
        return Run.of(
                        "Measure the mounted file systems",
                        "findmnt",
                        "--json",
                        "--list",
                        "--bytes",
                        "--nocanonicalize",
                        "--types",
                        "btrfs,ext4,xfs,zfs",
                        "--output",
                        "SOURCE,TARGET,FSTYPE,OPTIONS,SIZE,USED,AVAIL")
                .accepting(0, 1);
    }

    static FileSystems parse(Output output) {
        if (output.status() == 1 && output.text().isBlank()) {
            return new FileSystems(List.of());
        }
        List<Mounted> mounted = new ArrayList<>();
        try {
            JsonNode listed = Json.parse(output.text()).path("filesystems");
            if (!listed.isArray()) {
                throw new UnexpectedOutput("findmnt: no filesystems");
            }
            for (JsonNode each : listed) {
                mounted.add(new Mounted(
                        each.path("source").asText(),
                        each.path("target").asText(),
                        each.path("fstype").asText(),
                        List.of(each.path("options").asText().split(",")),
                        each.path("size").asLong(),
                        each.path("used").asLong(),
                        each.path("avail").asLong()));
            }
        } catch (InvalidContract e) {
            throw new UnexpectedOutput("findmnt: not JSON", e);
        }
        return new FileSystems(mounted);
    }

    Optional<Mounted> at(String target) {
        return mounted.stream().filter(each -> each.target.equals(target)).reduce((below, above) -> above);
    }

    /** A logical volume is mounted by its path or by the name that the device mapper gives it. */
    Optional<Mounted> from(String... sources) {
        return mounted.stream()
                .filter(each -> List.of(sources).contains(each.source))
                .findFirst();
    }

    /** One mounted file system; sizes in bytes. */
    record Mounted(
            String source,
            String target,
            String filesystem,
            List<String> options,
            long size,
            long used,
            long available) {
        Mounted {
            options = List.copyOf(options);
        }

        Optional<String> option(String name) {
            return options.stream()
                    .filter(option -> option.startsWith(name + "="))
                    .findFirst()
                    .map(option -> option.substring(name.length() + 1));
        }
    }
}
