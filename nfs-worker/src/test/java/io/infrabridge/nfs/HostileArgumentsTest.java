package io.infrabridge.nfs;

import com.fasterxml.jackson.databind.JsonNode;
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
        return command.contains("/proc/self/mounts") ? mounts(arguments) : Output.of("");
    }

    private static Output mounts(JsonNode arguments) {
        String table = "/dev/sda1 / ext4 rw 0 0\n";
        if (!arguments.path("action").asText().equals("mount")) {
            String target = arguments.path("target").asText().replaceAll("(.)/$", "$1");
            table += "nas:/export " + target.replace(" ", "\\040") + " nfs4 rw,vers=4.2 0 0\n";
        }
        return Output.of(table);
    }
}
