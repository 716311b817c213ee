package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import io.infrabridge.trust.Wildcard;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which operations a rule is about. All that is given must match: one of the tools, one of the actions, one of the risks,
 * one of the targets, and every label.
 *
 * @param labels label name → pattern of its value; a target without the label does not match
 */
record Scope(
        List<String> tools, List<String> actions, Set<Risk> risks, List<String> targets, Map<String, String> labels) {
    static final Set<Risk> EVERY_RISK = EnumSet.allOf(Risk.class);
    static final Set<Risk> CHANGES = EnumSet.of(Risk.CHANGE, Risk.DESTRUCTIVE);

    private static final List<String> ALL = List.of("*");
    private static final List<String> PROPERTIES = List.of("tools", "actions", "risks", "targets", "labels");

    /** Whether the section limits anything. */
    static boolean isIn(Section section) {
        // all of them are asked for, so that the section knows them
        return PROPERTIES.stream().filter(section::has).count() > 0;
    }

    /** A scope that must say its risks: a permission must not grow because a line was forgotten. */
    static Scope readStrictly(Section section) {
        return read(section, EVERY_RISK, Optional.empty());
    }

    /**
     * What is left out matches everything.
     *
     * @param possible the risks that may be named
     * @param risks those that it is about where none is named
     */
    static Scope read(Section section, Set<Risk> possible, Set<Risk> risks) {
        return read(section, possible, Optional.of(risks));
    }

    private static Scope read(Section section, Set<Risk> possible, Optional<Set<Risk>> risks) {
        return new Scope(
                section.patterns("tools").orElse(ALL),
                section.patterns("actions").orElse(ALL),
                section.risks("risks", possible).or(() -> risks).orElseThrow(() -> section.missing("risks")),
                section.patterns("targets").orElse(ALL),
                section.labels("labels"));
    }

    boolean covers(Access access) {
        return coversAction(access.tool(), access.action(), access.risk())
                && Wildcard.anyMatches(targets, access.target())
                && labels.entrySet().stream().allMatch(label -> labelled(access, label.getKey(), label.getValue()));
    }

    /** Whether it is about this action on some target or other. */
    boolean coversAction(String tool, String action, Risk risk) {
        return risks.contains(risk) && Wildcard.anyMatches(tools, tool) && Wildcard.anyMatches(actions, action);
    }

    boolean everyTarget() {
        return targets.contains("*") && labels.isEmpty();
    }

    private static boolean labelled(Access access, String name, String pattern) {
        String value = access.labels().get(name);
        return value != null && Wildcard.anyMatches(List.of(pattern), value);
    }
}
