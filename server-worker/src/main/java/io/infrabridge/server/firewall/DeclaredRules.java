package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.nixos.Declaration;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosHost;
import io.infrabridge.server.nixos.Rebuild;
import io.infrabridge.server.nixos.Switching;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules of NixOS that shall all be there, or all be gone, by which another system is built. For what is risky all is built first; the
 * timer, which goes back a generation, has the time that the switch itself may take beside that of the confirmation, so that it never
 * strikes before the switch is over. Whether we would be shut out is told by all of them together.
 *
 * @param seen the probe of a {@link RuleChange} of all of them
 */
record DeclaredRules(NixosFirewall firewall, List<RuleInput> all, boolean wanted, Probed seen) {
    private static final int ONE = 1;
    private static final String DENYING =
            "On NixOS what denies goes before all that allows, so narrow it. With force=true of a rule of its own (operation=firewall)"
                    + " it is tried, and taken back by the host unless a new connection comes within confirm_within_seconds.";

    Plan plan() {
        return declaration().plan(host(), first());
    }

    Declaration declaration() {
        FirewallState state = firewall.state(looks());
        return lockOut(state)
                .or(this::limited)
                .map(Declaration::refused)
                .orElseGet(() -> Declaration.of(this::changed)
                        .around(risky(state).map(this::around).orElseGet(Declaration.Around::nothing))
                        .keeping(new Declaration.Around(proved(), Optional.empty(), List.of())));
    }

    /** Those of them that are yet to come, or to go. */
    List<FirewallRule> changing() {
        Declared declared = host().declared();
        return all.stream()
                .map(RuleInput::firewallRule)
                .filter(rule -> !changed(rule, declared).equals(declared))
                .toList();
    }

    boolean has(FirewallRule rule) {
        return firewall.state(looks()).now().has(rule);
    }

    private Declared changed(Declared declared) {
        Declared changed = declared;
        for (RuleInput in : all) {
            changed = changed(in.firewallRule(), changed);
        }
        return changed;
    }

    private Declared changed(FirewallRule rule, Declared declared) {
        return declared.withFirewall(
                rules -> wanted ? NixosRules.adding(rule, rules) : NixosRules.removing(rule, rules));
    }

    private Optional<Plan> lockOut(FirewallState state) {
        RuleSet after = state.now();
        for (FirewallRule rule : changing()) {
            after = wanted ? after.with(rule, !rule.allows()) : after.without(rule);
        }
        RuleSet then = after;
        Doors doors = RuleChange.doors(seen);
        return all.stream()
                .filter(in -> !in.forced() && changing().contains(in.firewallRule()))
                .flatMap(in -> doors.refusal(in.firewallRule(), wanted, then, wanted ? DENYING : Doors.HINT).stream())
                .findFirst();
    }

    private Optional<Plan> limited() {
        return wanted && firewall.limited(looks())
                ? changing().stream()
                        .flatMap(rule -> NixosFirewall.refusal(rule).stream())
                        .findFirst()
                : Optional.empty();
    }

    /** The first that has to prove itself, or has not done so yet. */
    private Optional<RuleInput> risky(FirewallState state) {
        return all.stream()
                .filter(in ->
                        state.active() && in.mayShutOut(wanted) && changing().contains(in.firewallRule())
                                || pending(in))
                .findFirst();
    }

    private Declaration.Around around(RuleInput leading) {
        Revert revert = Revert.of(leading.firewallRule());
        int seconds = leading.seconds() + (int) Switching.SHORTLY.toSeconds();
        Rebuild.Guard guard = new Rebuild.Guard(
                List.of(revert.arm(ONE, List.of(Switching.BACK.split(" ")), seconds)),
                revert.untilStruck("Wait until the host has gone back to the system before", seconds),
                List.of(leading.proof(), revert.stop(ONE)));
        List<Step> stale = new ArrayList<>();
        for (RuleInput in : all) {
            waiting(in).forEach(number -> stale.add(Revert.of(in.firewallRule()).stopStale(number)));
        }
        return new Declaration.Around(stale, Optional.of(guard), List.of());
    }

    /** Where all is there already, and a timer of an earlier attempt would take it away. */
    private List<Step> proved() {
        return all.stream()
                .filter(this::pending)
                .flatMap(in -> Stream.concat(
                        Stream.<Step>of(in.proof()), waiting(in).stream().<Run>map(Revert.of(in.firewallRule())::stop)))
                .toList();
    }

    private boolean pending(RuleInput in) {
        return Revert.of(in.firewallRule()).pending(timers(in));
    }

    private List<Integer> waiting(RuleInput in) {
        return Revert.of(in.firewallRule()).waiting(timers(in));
    }

    private Output timers(RuleInput in) {
        return seen.get(RuleChange.TIMERS + all.indexOf(in));
    }

    private NixosHost host() {
        return NixosHost.seen(seen, first());
    }

    private int first() {
        return RuleChange.TIMERS + all.size();
    }

    private List<Output> looks() {
        return seen.outputs().subList(first(), seen.size());
    }
}
