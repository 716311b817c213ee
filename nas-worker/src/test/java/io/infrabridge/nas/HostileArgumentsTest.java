package io.infrabridge.nas;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.HostileArguments;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No argument of any operation can be made into anything but one argument of a program that it declares. */
final class HostileArgumentsTest {
    @Test
    void areRefusedOrConfinedWhereVolumesAreOfBtrfs() throws Exception {
        new HostileArguments(CatalogueTest.operations(() -> List.of("/srv/tank")), HostileArgumentsTest::withBtrfs)
                .areRefusedOrConfined();
    }

    @Test
    void areRefusedOrConfinedWhereVolumesAreOfZfs() throws Exception {
        new HostileArguments(CatalogueTest.operations(Hosts.SETTINGS), HostileArgumentsTest::withZfs)
                .areRefusedOrConfined();
    }

    /** A host that has every volume that it is asked about, in every pool. */
    private static Output withBtrfs(JsonNode arguments, List<String> command) {
        String volume = "ID 256 gen 11 top level 5 parent_uuid - uuid ef0717ec-c8c1-0c43-8d95-0fcd73144589 path ";
        return switch (command.get(0)) {
            case "findmnt" -> Output.of(Hosts.withBtrfsAndLvm().get(0).text().replace("/srv/pool", "/srv/tank"));
            case "btrfs" ->
                command.contains("list") || command.contains("-u")
                        ? Output.of(volume + volume(arguments) + "\n")
                        : Hosts.withBtrfsAndLvm().get(4);
            case "find", "exportfs" -> Output.of("");
            default -> Output.failed(Output.NOT_FOUND, "");
        };
    }

    private static Output withZfs(JsonNode arguments, List<String> command) {
        String pool =
                arguments.path("pool").isTextual() ? arguments.path("pool").asText() : "tank";
        return switch (command.get(0)) {
            case "zpool" -> Output.of(pool + "\t4000787030016\t1500000000000\t2500787030016\tONLINE\n");
            case "zfs" ->
                Output.of(pool + "/" + volume(arguments)
                        + "\tfilesystem\t1\t2\t1\t-\t/tank/data\tlz4\toff\toff\t1700000100\n");
            case "findmnt" -> Output.failed(1, "");
            case "find", "exportfs" -> Output.of("");
            default -> Output.failed(Output.NOT_FOUND, "");
        };
    }

    private static String volume(JsonNode arguments) {
        String word = arguments.path("action").asText().equals("details") ? "name" : "volume";
        return arguments.path(word).asText("data");
    }
}
