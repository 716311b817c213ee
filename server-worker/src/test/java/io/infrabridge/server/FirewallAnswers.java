package io.infrabridge.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import java.util.stream.Collectors;

/** A host with ufw whose rules are those that are to be removed, and none of those that are to be added. */
final class FirewallAnswers {
    private FirewallAnswers() {}

    static Output answer(JsonNode arguments, List<String> command) {
        return switch (command.get(0)) {
            case "printenv" -> Output.of("198.51.100.7 40022 198.51.100.1 2222");
            case "ufw" -> Captured.output("ufw-status-active");
            case "cat" -> rules(arguments);
            case "systemctl" -> inactive(command);
            default -> Output.of("");
        };
    }

    private static Output inactive(List<String> command) {
        return Output.of(command.subList(command.indexOf("--") + 1, command.size()).stream()
                .map(unit -> "Id=" + unit + "\nActiveState=inactive\n\n")
                .collect(Collectors.joining()));
    }

    /** As captured, and the rule that is to be removed, as ufw would keep it. */
    private static Output rules(JsonNode arguments) {
        String captured = Captured.text("ufw-rules-none");
        if (!arguments.path("action").asText().equals("remove_rule")) {
            return Output.of(captured);
        }
        JsonNode rule = arguments.path("firewall_rule");
        String protocol = rule.path("protocol").asText("any");
        String port = rule.path("port").asText("any").replace('-', ':');
        List<String> protocols =
                protocol.equals("any") && port.contains(":") ? List.of("tcp", "udp") : List.of(protocol);
        return Output.of(captured
                + protocols.stream()
                        .map(each -> tuple(rule, each, port))
                        .collect(Collectors.joining("\n", "\n", "\n")));
    }

    private static String tuple(JsonNode rule, String protocol, String port) {
        return "### tuple ### " + rule.path("action").asText() + " " + protocol + " " + port + " 0.0.0.0/0 any "
                + rule.path("source").asText("0.0.0.0/0") + " "
                + rule.path("direction").asText("in");
    }
}
