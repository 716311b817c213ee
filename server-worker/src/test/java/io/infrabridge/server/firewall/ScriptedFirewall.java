package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a firewall does when it is told the commands that are planned for it. */
public interface ScriptedFirewall {
    Distro distro();

    boolean looks(List<String> argv);

    Output look(List<String> argv);

    void change(List<String> argv);

    /** With what the command reads. */
    default void change(List<String> argv, String input) {
        change(argv);
    }

    String state();

    /** ufw, of what it does only what the real one was seen to do with the commands of {@link Ufw}. */
    final class OfUbuntu implements ScriptedFirewall {
        private final List<String> ipv4 = new ArrayList<>();
        private final List<String> ipv6 = new ArrayList<>();

        public OfUbuntu(String... commands) {
            Stream.of(commands).forEach(command -> change(List.of(command.split(" "))));
        }

        @Override
        public Distro distro() {
            return Distro.UBUNTU;
        }

        @Override
        public boolean looks(List<String> argv) {
            return argv.get(0).equals("cat") || argv.contains("status");
        }

        @Override
        public Output look(List<String> argv) {
            return argv.get(0).equals("cat")
                    ? Output.of(Captured.text("ufw-rules-none") + "\n" + state())
                    : Output.of("Status: active\n");
        }

        @Override
        public void change(List<String> argv) {
            int at = argv.indexOf("proto") - 2;
            String how = at == 1 ? "" : argv.get(1);
            String source = argv.get(at + 5);
            String port = argv.contains("port") ? argv.get(argv.indexOf("port") + 1) : "any";
            String match = argv.get(at + 3) + " " + port + " %s any %s " + argv.get(at + 1);
            String action = argv.get(at);
            int place = how.equals("prepend") ? 0 : how.equals("insert") ? Integer.parseInt(argv.get(2)) - 1 : -1;
            if (!source.contains(":")) {
                one(
                        ipv4,
                        how,
                        action,
                        match.formatted("0.0.0.0/0", source.equals("any") ? "0.0.0.0/0" : source),
                        place);
            }
            if (source.contains(":") || source.equals("any")) {
                one(ipv6, how, action, match.formatted("::/0", source.equals("any") ? "::/0" : source), place);
            }
        }

        private static void one(List<String> rules, String how, String action, String match, int place) {
            String tuple = "### tuple ### " + action + " " + match;
            if (how.equals("delete")) {
                rules.remove(tuple);
                return;
            }
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i).endsWith(" " + match)) {
                    rules.set(i, tuple);
                    return;
                }
            }
            rules.add(place < 0 ? rules.size() : place, tuple);
        }

        @Override
        public String state() {
            return Stream.concat(ipv4.stream(), ipv6.stream()).collect(Collectors.joining("\n", "", "\n"));
        }
    }

    /** firewalld with one zone, what is in force and what is kept. */
    final class OfRhel implements ScriptedFirewall {
        private final List<String> now = new ArrayList<>();
        private final List<String> kept = new ArrayList<>();

        public OfRhel(String... options) {
            now.addAll(List.of(options));
            kept.addAll(now);
        }

        @Override
        public Distro distro() {
            return Distro.RHEL;
        }

        @Override
        public boolean looks(List<String> argv) {
            return argv.contains("--get-default-zone")
                    || argv.contains("--list-all-zones")
                    || argv.contains("--get-all-rules");
        }

        @Override
        public Output look(List<String> argv) {
            List<String> rules = argv.contains("--permanent") ? kept : now;
            if (argv.contains("--get-default-zone")) {
                return Output.of("public\n");
            }
            if (argv.contains("--direct")) {
                return Output.of(
                        rules.stream().filter(rule -> !rule.contains("=")).collect(Collectors.joining("\n")));
            }
            return Output.of("public (active)\n  target: default\n  interfaces: lan\n  ports: "
                    + rules.stream()
                            .filter(rule -> rule.startsWith("port="))
                            .map(rule -> rule.substring("port=".length()))
                            .collect(Collectors.joining(" "))
                    + "\n  rich rules: \n"
                    + rules.stream()
                            .filter(rule -> rule.startsWith("rich-rule="))
                            .map(rule -> "\t"
                                    + rule.substring("rich-rule=".length()).replaceAll("(?<==)[^ ]+", "\"$0\"") + "\n")
                            .collect(Collectors.joining()));
        }

        @Override
        public void change(List<String> argv) {
            if (argv.contains("--reload")) {
                now.clear();
                now.addAll(kept);
                return;
            }
            List<String> rules = argv.contains("--permanent") ? kept : now;
            int direct = argv.indexOf("--direct");
            String option = direct > 0 ? argv.get(direct + 1) : argv.get(argv.size() - 1);
            String rule = direct > 0
                    ? String.join(" ", argv.subList(direct + 2, argv.size())).replace("=", " ")
                    : option.replaceFirst("--(add|remove)-", "");
            rules.remove(rule);
            if (option.startsWith("--add")) {
                rules.add(rule);
            }
        }

        @Override
        public String state() {
            return now.stream().sorted().toList() + " " + kept.stream().sorted().toList();
        }
    }
}
