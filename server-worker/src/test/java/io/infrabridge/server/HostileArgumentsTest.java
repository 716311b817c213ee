package io.infrabridge.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.HostileArguments;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No argument of any operation can be made into anything but one argument of a program that it declares. */
final class HostileArgumentsTest {
    @Test
    void areRefusedOrConfined() throws Exception {
        new HostileArguments(CatalogueTest.operations(), HostileArgumentsTest::answer).areRefusedOrConfined();
    }

    /** A host that has every package and service that it is asked about, except what is to be installed or started. */
    private static Output answer(JsonNode arguments, List<String> command) {
        if (arguments.path("operation").asText().equals("system")) {
            return SystemAnswers.answer(arguments, command);
        }
        boolean install = arguments.path("action").asText().equals("install");
        return switch (command.get(0)) {
            case "dpkg-query" ->
                Output.of(install ? "" : lines(packages(arguments), "%s\tamd64\t1.0\tinstalled\tno\tno"));
            case "apt-get" ->
                Output.of(lines(packages(arguments), install ? "Inst %s (1.0 stable [amd64])" : "Remv %s [1.0]")
                        + "\n0 upgraded, 1 newly installed, 1 to remove and 0 not upgraded.\n");
            case "systemctl" -> Captured.output("systemctl-show-" + unit(arguments));
            default -> Output.of("");
        };
    }

    /** In the state that the action changes. */
    private static String unit(JsonNode arguments) {
        return switch (arguments.path("action").asText()) {
            case "start", "enable" -> "stopped";
            case "disable" -> "enabled";
            case "unmask" -> "masked";
            default -> "active";
        };
    }

    /** By their names alone, as package managers list them. */
    private static List<String> packages(JsonNode arguments) {
        return arguments
                .path("packages")
                .valueStream()
                .map(name -> name.asText().split(":")[0])
                .toList();
    }

    private static String lines(List<String> names, String format) {
        return names.stream().map(format::formatted).collect(Collectors.joining("\n"));
    }
}
