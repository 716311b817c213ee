package io.infrabridge.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.HostileArguments;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No argument of any operation can be made into anything but one argument of a program that it declares. */
final class HostileArgumentsTest {
    @Test
    void areRefusedOrConfined() throws Exception {
        new HostileArguments(CatalogueTest.operations(), HostileArgumentsTest::answer).areRefusedOrConfined();
    }

    @Test
    void areRefusedOrConfinedByDnf() throws Exception {
        List<HostOperation<?, ?>> packages = CatalogueTest.operations().stream()
                .filter(operation -> operation.spec().action().matches("package\\.(install|update|hold|search)"))
                .toList();
        new HostileArguments(packages, Rehearsal.host(Distro.RHEL), PackageAnswers::ofRhel).areRefusedOrConfined();
    }

    /** A host that has every package and service that it is asked about, except what is to be installed or started. */
    private static Output answer(JsonNode arguments, List<String> command) {
        if (arguments.path("operation").asText().equals("system")) {
            return SystemAnswers.answer(arguments, command);
        }
        if (arguments.path("operation").asText().equals("provision")) {
            return ProvisionAnswers.answer(arguments, command);
        }
        if (arguments.path("operation").asText().equals("firewall")) {
            return FirewallAnswers.answer(arguments, command);
        }
        return switch (command.get(0)) {
            case "apt-cache", "apt-get", "apt-mark", "dpkg-query", "find" ->
                PackageAnswers.ofUbuntu(arguments, command);
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
}
