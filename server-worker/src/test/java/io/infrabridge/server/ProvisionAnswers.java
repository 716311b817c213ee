package io.infrabridge.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import java.util.stream.Collectors;

/** A host on which nothing is yet as a configuration has it; every directory is there, and no file. */
final class ProvisionAnswers {
    private ProvisionAnswers() {}

    static Output answer(JsonNode arguments, List<String> command) {
        ObjectNode config = arguments.path("config").deepCopy();
        if (ofAccount(command)) {
            ObjectNode user = config.path("users").path(0).deepCopy();
            user.set("user_name", user.path("name"));
            return SystemAnswers.answer(user.put("action", "create_user"), command);
        }
        if (ofFirewall(command)) {
            return FirewallAnswers.answer(config, command);
        }
        return switch (command.get(0)) {
            case "hostnamectl", "uname", "readlink", "timedatectl" -> SystemAnswers.answer(config, command);
            case "apt-get", "dpkg-query" -> PackageAnswers.ofUbuntu(config.put("action", "install"), command);
            case "systemctl" -> Captured.output("systemctl-show-stopped");
            case "stat" ->
                Output.of(command.subList(command.indexOf("--") + 1, command.size() - 1).stream()
                        .map("directory\t755\t0\t0\troot\troot\t4096\t%s\n"::formatted)
                        .collect(Collectors.joining()));
            case "grep" ->
                Output.of(command.stream()
                        .filter(word -> word.startsWith("/proc/sys/"))
                        .map("%s:1\n"::formatted)
                        .collect(Collectors.joining()));
            default -> Output.of("");
        };
    }

    private static boolean ofFirewall(List<String> command) {
        return List.of("printenv", "ufw").contains(command.get(0))
                || command.contains("/etc/ufw/user.rules")
                || command.contains("--property=Id,ActiveState");
    }

    private static boolean ofAccount(List<String> command) {
        return List.of("getent", "id").contains(command.get(0))
                || command.contains("/etc/shells")
                || command.get(0).equals("stat") && command.size() == 3
                || command.get(0).equals("cat")
                        && command.get(command.size() - 1).endsWith("/authorized_keys");
    }
}
