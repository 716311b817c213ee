package io.infrabridge.nfs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.HostileArguments;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No argument of any operation can be made into anything but one argument of a program that it declares. */
final class HostileArgumentsTest {
    @Test
    void areRefusedOrConfined() throws Exception {
        new HostileArguments(CatalogueTest.operations(), HostileArgumentsTest::answer).areRefusedOrConfined();
    }

    /** A host that has a share mounted wherever it is asked for one, and a directory wherever one is to be mounted. */
    private static Output answer(JsonNode arguments, List<String> command) {
        if (command.contains("stat")) {
            return Output.failed(1, "stat: cannot statx: No such file or directory");
        }
        if (command.contains("realpath")) {
            return Output.of(command.get(command.size() - 1));
        }
        return command.get(0).equals("findmnt") ? mounts(arguments) : Output.of("");
    }

    private static Output mounts(JsonNode arguments) {
        ObjectNode table = Json.object();
        ObjectNode nothing =
                Json.object().put("source", "/dev/sda1").put("target", "/").put("fstype", "ext4");
        table.putArray("filesystems").add(nothing.put("options", "rw"));
        if (!arguments.path("action").asText().equals("mount")) {
            ObjectNode share = Json.object().put("source", "nas:/export").put("fstype", "nfs4");
            share.put("target", arguments.path("target").asText().replaceAll("(.)/$", "$1"));
            table.withArray("filesystems").add(share.put("options", "rw,vers=4.2"));
        }
        return Output.of(Json.text(table));
    }
}
