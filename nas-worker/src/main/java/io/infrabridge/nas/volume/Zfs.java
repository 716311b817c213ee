package io.infrabridge.nas.volume;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** zfs(8): a volume is a file system, a zvol or a snapshot; the pool's own file system is none. */
record Zfs() implements Keeper {
    private static final int POOL_FIELDS = 5;
    private static final int VOLUME_FIELDS = 11;

    @Override
    public List<Run> look() {
        return List.of(
                list("List the pools", "zpool", "list", "-H", "-p", "-o", "name,size,allocated,free,health"),
                list(
                        "List the datasets",
                        "zfs",
                        "list",
                        "-H",
                        "-p",
                        "-t",
                        "filesystem,volume,snapshot",
                        "-o",
                        "name,type,used,available,referenced,volsize,mountpoint,compression,encryption,dedup,creation"));
    }

    @Override
    public Found read(List<Output> seen, FileSystems mounted) {
        List<Pool> pools = new ArrayList<>();
        for (String[] row : rows(seen.get(0), POOL_FIELDS)) {
            pools.add(Pool.of(
                    row[0], StorageKind.ZFS, number(row[1]), number(row[3]), Optional.empty(), Optional.of(row[4])));
        }
        List<Volume> volumes = new ArrayList<>();
        for (String[] row : rows(seen.get(1), VOLUME_FIELDS)) {
            if (row[0].contains("/") || row[0].contains("@")) {
                volumes.add(volume(row));
            }
        }
        return new Found(pools, volumes);
    }

    private static Volume volume(String[] row) {
        String pool = row[0].split("[/@]")[0];
        boolean snapshot = row[1].equals("snapshot");
        boolean block = row[1].equals("volume");
        String name = row[0].substring(pool.length()).replaceFirst("^/", "");
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("type", row[1]);
        put(properties, "compression", row[7]);
        put(properties, "encryption", row[8]);
        put(properties, "deduplication", row[9]);
        return new Volume(
                StorageKind.ZFS,
                pool,
                name,
                Optional.of(row[6]).filter(path -> path.startsWith("/")),
                block ? Optional.empty() : Optional.of("zfs"),
                snapshot ? Optional.empty() : Optional.of(block ? number(row[5]) : number(row[2]) + number(row[3])),
                Optional.of(number(row[2])),
                row[0],
                snapshot ? Optional.of(row[0].substring(0, row[0].indexOf('@'))) : Optional.empty(),
                Optional.of(Instant.ofEpochSecond(number(row[10]))),
                properties);
    }

    private static void put(Map<String, String> properties, String name, String value) {
        if (!value.equals("-")) {
            properties.put(name, value);
        }
    }

    private static Run list(String description, String... argv) {
        return Run.of(description, argv)
                .asRoot("it is among the programs that only root has on its path")
                .accepting(0, 1, Output.NOT_FOUND);
    }

    /** The tools without the kernel's module say so and end with 1. */
    private static List<String[]> rows(Output output, int fields) {
        if (output.missing()
                || output.error().contains("modules cannot be loaded")
                || output.error().contains("module is not loaded")) {
            return List.of();
        }
        if (!output.succeeded()) {
            throw new UnexpectedOutput("zfs: " + output.error());
        }
        List<String[]> rows = new ArrayList<>();
        for (String line : output.lines()) {
            String[] row = line.split("\t", -1);
            if (row.length != fields) {
                throw new UnexpectedOutput("zfs: " + line);
            }
            rows.add(row);
        }
        return rows;
    }

    private static long number(String text) {
        try {
            return text.equals("-") ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UnexpectedOutput("zfs: not a number: " + text, e);
        }
    }
}
