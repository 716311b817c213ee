package io.infrabridge.nas.volume;

import io.infrabridge.nas.volume.FileSystems.Mounted;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * btrfs-subvolume(8): a pool is a file system at one of the configured places, called as the last part of that place; a
 * volume is a subvolume, called as its path in it.
 */
record Btrfs(List<AbsolutePath> places) implements Keeper {
    private static final Pattern SUBVOLUME =
            Pattern.compile("^ID (\\d+) gen \\d+ top level \\d+ parent_uuid (\\S+)\\s+uuid ([0-9a-f-]{36}) path (.+)$");
    /** A copy elsewhere is a volume of its own, whatever it was made from. */
    private static final Pattern SNAPSHOT = Pattern.compile("(^|/)\\.snapshots/");

    private static final Pattern QUOTA_GROUP = Pattern.compile("^0/(\\d+)\\s+(\\d+)\\s+(\\d+)\\s.*$");

    Btrfs {
        places = List.copyOf(places);
    }

    @Override
    public List<Run> look() {
        List<Run> runs = new ArrayList<>();
        for (AbsolutePath place : places) {
            runs.add(Run.of(
                            "List the subvolumes of " + place,
                            "btrfs",
                            "subvolume",
                            "list",
                            "-u",
                            "-q",
                            "--",
                            place.value())
                    .asRoot("btrfs shows its trees to root only")
                    .accepting(0, 1, Output.NOT_FOUND));
            runs.add(Run.of(
                            "Ask what each subvolume of " + place + " uses",
                            "btrfs",
                            "qgroup",
                            "show",
                            "--raw",
                            "--",
                            place.value())
                    .asRoot("btrfs shows its trees to root only")
                    .accepting(0, 1, Output.NOT_FOUND));
        }
        return runs;
    }

    @Override
    public Found read(List<Output> seen, FileSystems mounted) {
        List<Pool> pools = new ArrayList<>();
        List<Volume> volumes = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            AbsolutePath place = places.get(i);
            Optional<Mounted> there =
                    mounted.at(place.value()).filter(each -> each.filesystem().equals("btrfs"));
            if (there.isPresent() && seen.get(2 * i).succeeded()) {
                Mounted pool = there.get();
                pools.add(Pool.of(
                        name(place),
                        StorageKind.BTRFS,
                        pool.size(),
                        pool.available(),
                        Optional.of(place.value()),
                        Optional.empty()));
                volumes.addAll(volumes(place, pool, seen.get(2 * i), usage(seen.get(2 * i + 1))));
            }
        }
        return new Found(pools, volumes);
    }

    private static List<Volume> volumes(AbsolutePath place, Mounted pool, Output listed, Map<String, Long> usage) {
        return listed.lines().stream()
                .map(line -> volume(place, pool, line, usage))
                .toList();
    }

    private static Volume volume(AbsolutePath place, Mounted pool, String line, Map<String, Long> usage) {
        Matcher fields = SUBVOLUME.matcher(line);
        if (!fields.matches()) {
            throw new UnexpectedOutput("btrfs subvolume list: " + line);
        }
        return new Volume(
                StorageKind.BTRFS,
                name(place),
                fields.group(4),
                Optional.of(place + "/" + fields.group(4)),
                Optional.of("btrfs"),
                Optional.of(pool.size()),
                Optional.ofNullable(usage.get(fields.group(1))),
                fields.group(3),
                Optional.of(fields.group(2))
                        .filter(parent -> !parent.equals("-")
                                && SNAPSHOT.matcher(fields.group(4)).find()),
                Optional.empty(),
                properties(pool, fields));
    }

    private static Map<String, String> properties(Mounted pool, Matcher fields) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("subvolume_id", fields.group(1));
        properties.put("uuid", fields.group(3));
        pool.option("compress-force")
                .or(() -> pool.option("compress"))
                .ifPresent(how -> properties.put("compression", how));
        return properties;
    }

    /** By subvolume; nothing where quotas are off. */
    private static Map<String, Long> usage(Output groups) {
        Map<String, Long> usage = new LinkedHashMap<>();
        for (String line : groups.lines()) {
            Matcher group = QUOTA_GROUP.matcher(line);
            if (group.matches()) {
                usage.put(group.group(1), Long.parseLong(group.group(2)));
            }
        }
        return usage;
    }

    private static String name(AbsolutePath place) {
        return place.value().substring(place.value().lastIndexOf('/') + 1);
    }
}
