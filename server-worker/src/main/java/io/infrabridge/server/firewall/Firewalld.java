package io.infrabridge.server.firewall;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RHEL and its kin; see firewall-cmd(1). A rule is put into force first, and then into what firewalld begins with when it is
 * started anew, so that a reload takes back whatever was not meant to stay.
 */
record Firewalld() implements EditedFirewall {
    static final String PROGRAM = "firewall-cmd";
    static final String RELOAD = "--reload";
    private static final int NOT_RUNNING = 252;
    private static final Pattern ZONE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}");

    @Override
    public List<Run> looks() {
        return List.of(
                look("Ask for the default zone", "--get-default-zone"),
                look("List the zones in force", "--list-all-zones"),
                look("List the zones that are kept", "--permanent", "--list-all-zones"),
                look("List the direct rules in force", "--direct", "--get-all-rules"),
                look("List the direct rules that are kept", "--permanent", "--direct", "--get-all-rules"));
    }

    @Override
    public FirewallState state(List<Output> looks) {
        if (looks.stream().anyMatch(look -> look.status() == NOT_RUNNING)) {
            return new FirewallState(
                    "firewalld",
                    false,
                    RuleSet.none(),
                    RuleSet.none(),
                    Optional.empty(),
                    List.of("firewalld does not run: no rule is in force, and it tells none."));
        }
        String byDefault = looks.get(0).text().strip();
        if (!ZONE.matcher(byDefault).matches()) {
            throw new UnexpectedOutput("firewall-cmd: no name of a zone");
        }
        Zones zones = Zones.parse(looks.get(1));
        String chosen = zones.chosen(byDefault);
        if (!ZONE.matcher(chosen).matches()) {
            throw new UnexpectedOutput("firewall-cmd: not a zone that can be named: " + chosen);
        }
        RuleSet now = ZoneRules.parse(zones.zone(chosen), direct(looks.get(3)));
        RuleSet kept = ZoneRules.parse(Zones.parse(looks.get(2)).zone(chosen), direct(looks.get(4)));
        List<String> besides = zones.besides(chosen);
        return new FirewallState("firewalld", true, now, kept, Optional.of(chosen), notes(now, kept))
                .noting(
                        besides.isEmpty()
                                ? Optional.empty()
                                : Optional.of("Other zones are active too: " + String.join(", ", besides) + "."));
    }

    @Override
    public Optional<Plan> unchangeable(FirewallState state) {
        return state.active()
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "firewalld does not run.",
                        "Start it first: operation=service, action=start, service_name=firewalld."));
    }

    @Override
    public List<Edit> edits(FirewallState state, FirewallRule rule, boolean wanted) {
        List<FirewallRule> each = rule.port().isPresent() && rule.ofProtocol() == RuleProtocol.ANY
                ? rule.over(RuleProtocol.TCP, RuleProtocol.UDP)
                : List.of(rule);
        List<Edit> edits = new ArrayList<>();
        for (boolean lasting : new boolean[] {false, true}) {
            RuleSet rules = lasting ? state.kept() : state.now();
            for (FirewallRule one : each) {
                if (wanted && !rules.has(one)) {
                    edits.addAll(edits(state, one, true, lasting));
                }
                rules.about(one).stream()
                        .filter(there -> wanted != there.sameAs(one))
                        .forEach(there -> edits.addAll(edits(state, there, false, lasting)));
            }
        }
        return edits;
    }

    @Override
    public List<List<String>> reverts(List<Edit> edits) {
        return edits.size() == 1 ? List.of(edits.get(0).back()) : List.of(List.of(PROGRAM, RELOAD));
    }

    private static List<Edit> edits(FirewallState state, FirewallRule rule, boolean add, boolean lasting) {
        String words = (add ? "Add the rule " : "Remove the rule ") + rule.text() + (lasting ? " for good" : "");
        if (rule.incoming()) {
            return List.of(
                    new Edit(words, zoned(state, rule, add, lasting), zoned(state, rule, !add, lasting), lasting));
        }
        Stream<String> families = rule.network()
                .map(network -> Stream.of(network.ipv6() ? "ipv6" : "ipv4"))
                .orElseGet(() -> Stream.of("ipv4", "ipv6"));
        RuleSet rules = lasting ? state.kept() : state.now();
        return families.filter(family -> rules.hasFor(family.equals("ipv6"), rule) != add)
                .map(family -> new Edit(
                        words + " (" + family + ")",
                        direct(family, rule, add, lasting),
                        direct(family, rule, !add, lasting),
                        lasting))
                .toList();
    }

    private static List<String> zoned(FirewallState state, FirewallRule rule, boolean add, boolean lasting) {
        List<String> argv = begun(lasting);
        argv.add("--zone=" + state.zone().orElseThrow());
        argv.add(ZoneWords.option(add ? "add" : "remove", rule));
        return argv;
    }

    private static List<String> direct(String family, FirewallRule rule, boolean add, boolean lasting) {
        List<String> argv = begun(lasting);
        argv.addAll(ZoneWords.outgoing(add ? "add" : "remove", family, rule));
        return argv;
    }

    private static List<String> begun(boolean lasting) {
        List<String> argv = new ArrayList<>(List.of(PROGRAM));
        if (lasting) {
            argv.add("--permanent");
        }
        return argv;
    }

    private static List<String> direct(Output look) {
        if (look.truncated() || !look.succeeded()) {
            throw new UnexpectedOutput("firewall-cmd: its direct rules are not whole: " + look.error());
        }
        return look.lines().stream().map(String::strip).toList();
    }

    private static List<String> notes(RuleSet now, RuleSet kept) {
        List<String> notes = new ArrayList<>();
        Set<String> inForce = texts(now);
        Set<String> lasting = texts(kept);
        inForce.stream()
                .filter(rule -> !lasting.contains(rule))
                .forEach(rule -> notes.add("Only until firewalld is reloaded: " + rule + "."));
        lasting.stream()
                .filter(rule -> !inForce.contains(rule))
                .forEach(rule -> notes.add("Not before firewalld is reloaded: " + rule + "."));
        return notes;
    }

    private static Set<String> texts(RuleSet rules) {
        return rules.all().stream().map(FirewallRule::text).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Run look(String description, String... options) {
        List<String> argv = new ArrayList<>(List.of(PROGRAM));
        argv.addAll(List.of(options));
        return Run.of(description, argv).asRoot("firewalld answers root only").accepting(0, NOT_RUNNING);
    }
}
