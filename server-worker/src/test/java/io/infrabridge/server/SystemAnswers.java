package io.infrabridge.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import java.util.List;
import java.util.stream.Collectors;

/** A quiet host on which accounts can be made, locked and unlocked, whose name and time zone are others than those asked for. */
final class SystemAnswers {
    private SystemAnswers() {}

    static Output answer(JsonNode arguments, List<String> command) {
        boolean create = arguments.path("action").asText().equals("create_user");
        String last = command.get(command.size() - 1);
        return switch (command.get(0)) {
            case "cat" -> file(arguments, last);
            case "date" -> Captured.output("date-utc");
            case "ps" -> Captured.output("ps-names");
            case "getent" -> create ? database(command) : user(last);
            case "id", "stat" -> Output.failed(1, "");
            case "passwd" -> Captured.output("passwd-usable");
            case "chage" ->
                Captured.output(
                        arguments.path("action").asText().equals("lock_user") ? "chage-later" : "chage-expired");
            case "hostnamectl" -> Captured.output("hostnamectl-static");
            case "uname" -> Captured.output("uname-name");
            case "readlink" -> Output.of("/usr/share/zoneinfo/Antarctica/Troll\n");
            case "timedatectl" -> zone(arguments);
            default -> Output.of("");
        };
    }

    private static Output file(JsonNode arguments, String path) {
        return switch (path) {
            case "/proc/uptime" -> Captured.output("cat-boot");
            case "/proc/1/stat" -> Captured.output("cat-stat-of-1");
            case "/etc/shells" ->
                Output.of("/bin/sh\n" + arguments.path("shell").asText() + "\n");
            case "/proc/locks" -> Output.of("");
            default -> Output.failed(1, "");
        };
    }

    /** Every group that is asked for, and no user. */
    private static Output database(List<String> command) {
        if (command.get(1).equals("passwd")) {
            return Output.failed(2, "");
        }
        return Output.of(command.subList(4, command.size()).stream()
                .map(group -> group + ":x:7:\n")
                .collect(Collectors.joining()));
    }

    private static Output user(String name) {
        return Output.of(name + ":x:1500:1500::/home/" + name + ":/bin/sh\n");
    }

    private static Output zone(JsonNode arguments) {
        return Output.of(arguments.path("timezone").asText() + "\n");
    }
}
