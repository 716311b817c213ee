package io.infrabridge.server.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A disk, a partition, or what lies on them; see lsblk(8).
 *
 * @param kind such as disk, part, lvm, crypt, raid1
 * @param parent what it lies on; absent for a disk
 * @param filesystem as far as the account may know
 * @param rotating whether it has platters
 */
record BlockDevice(
        String name,
        String kind,
        Optional<String> parent,
        long sizeBytes,
        Optional<String> filesystem,
        Optional<String> label,
        Optional<String> uuid,
        Optional<String> mountPoint,
        Optional<String> model,
        boolean readOnly,
        boolean rotating) {
    private static final int MOST = 1000;

    /** A host without any block device prints nothing. */
    static List<BlockDevice> parse(Output lsblk) {
        if (!lsblk.succeeded() || lsblk.text().isBlank()) {
            return List.of();
        }
        List<BlockDevice> found = new ArrayList<>();
        try {
            collect(Json.parse(lsblk.text()).path("blockdevices"), Optional.empty(), found);
        } catch (InvalidContract e) {
            throw new UnexpectedOutput("lsblk: " + e.getMessage(), e);
        }
        return found;
    }

    /** What lies on several, as a mirror does, is listed below each of them. */
    private static void collect(JsonNode devices, Optional<String> parent, List<BlockDevice> found) {
        for (JsonNode device : devices) {
            if (found.size() >= MOST) {
                return;
            }
            Optional<String> name = text(device, "name");
            found.add(new BlockDevice(
                    name.orElseThrow(() -> new UnexpectedOutput("lsblk: a device without a name")),
                    text(device, "type").orElse("unknown"),
                    parent,
                    size(device.path("size").asText()),
                    text(device, "fstype"),
                    text(device, "label"),
                    text(device, "uuid"),
                    text(device, "mountpoint"),
                    text(device, "model"),
                    yes(device.path("ro")),
                    yes(device.path("rota"))));
            collect(device.path("children"), name, found);
        }
    }

    private static Optional<String> text(JsonNode device, String property) {
        return Optional.of(device.path(property).asText("").strip())
                .filter(text -> !text.isEmpty() && !device.path(property).isNull());
    }

    /** Older versions write numbers and truth as text. */
    private static long size(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new UnexpectedOutput("lsblk: size " + text);
        }
        return Long.parseLong(text);
    }

    private static boolean yes(JsonNode truth) {
        return truth.asText().equals("true") || truth.asText().equals("1");
    }
}
