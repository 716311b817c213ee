package io.infrabridge.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What package managers answer on hosts that have every package that they are asked about, except what is to be installed, each
 * with a newer version and none held, except what is to be released; their lists are fresh, except where they are to be fetched.
 */
final class PackageAnswers {
    private PackageAnswers() {}

    static Output ofUbuntu(JsonNode arguments, List<String> command) {
        List<String> names = names(arguments);
        String action = arguments.path("action").asText();
        return Output.of(
                switch (command.get(0)) {
                    case "dpkg-query" ->
                        action.equals("install") ? "" : lines(names, "%s\tamd64\t1.0\tinstalled\tno\tno");
                    case "apt-mark" -> action.equals("unhold") ? lines(names, "%s") : "";
                    case "apt-cache" ->
                        command.contains("policy")
                                ? lines(names, "%s:\n  Installed: 1.0\n  Candidate: 2.0\n *** 1.0 500\n        500 a b")
                                : "";
                    case "apt-get" -> lines(names, simulated(action)) + "\n1 upgraded, 1 newly installed.\n";
                    default -> action.equals("refresh") ? "" : command.get(1);
                });
    }

    static Output ofRhel(JsonNode arguments, List<String> command) {
        List<String> names = names(arguments);
        String action = arguments.path("action").asText();
        return Output.of(
                switch (command.get(0)) {
                    case "rpm" -> action.equals("install") ? "" : lines(names, "%s\tx86_64\t1.0-1\tinstalled\tno\tno");
                    case "dnf" -> dnf(action, names, command);
                    default -> action.equals("refresh") ? "" : command.get(1);
                });
    }

    private static String dnf(String action, List<String> names, List<String> command) {
        if (command.contains("versionlock")) {
            return action.equals("unhold") ? lines(names, "%s-0:1.0-1.*") : "";
        }
        if (command.contains("repoquery")) {
            return lines(names, "%s\tx86_64\t2.0-1");
        }
        if (command.contains("search")) {
            return "";
        }
        String section = command.contains("remove")
                ? "Removing"
                : command.contains("reinstall")
                        ? "Reinstalling"
                        : action.equals("install") ? "Installing" : "Upgrading";
        String version = section.equals("Upgrading") ? "2.0-1" : "1.0-1";
        return section + ":\n" + lines(names, " %s  x86_64  " + version + "  base  5 k") + "\nTransaction Summary\n";
    }

    private static String simulated(String action) {
        return switch (action) {
            case "install" -> "Inst %s (1.0 stable [amd64])";
            case "remove" -> "Remv %s [1.0]";
            default -> "Inst %s [1.0] (2.0 stable-security [amd64])";
        };
    }

    /** By their names alone, as package managers list them; some package where all are meant. */
    private static List<String> names(JsonNode arguments) {
        List<String> named = arguments
                .path("packages")
                .valueStream()
                .map(name -> name.asText().split(":")[0])
                .toList();
        return named.isEmpty() ? List.of("nginx") : named;
    }

    private static String lines(List<String> names, String format) {
        return names.stream().map(name -> format.replace("%s", name)).collect(Collectors.joining("\n"));
    }
}
