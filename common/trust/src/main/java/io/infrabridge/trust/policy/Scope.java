package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import io.infrabridge.trust.Wildcard;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which operations a rule is about. All that is given must match: one of the tools, one of the actions, one of the risks,
 * one of the targets, and every label.
 *
 * @param labels label name → pattern of its value; a target without the label does not match
 */
record Scope(
        List<String> tools, List<String> actions, Set<Risk> risks, List<String> targets, Map<String, String> labels) {
    private static final List<String> ALL = List.of("*");

    static Scope of(Set<Risk> risks) {
        return new Scope(ALL, ALL, risks, ALL, Map.of());
    }

    /** Reads the properties that every rule has; what is left out matches everything, risks apart. */
    static Scope read(Section section, Set<Risk> risks) {
        return new Scope(
                section.patterns("tools").orElse(ALL),
                section.patterns("actions").orElse(ALL),
                section.risks("risks", EnumSet.allOf(Risk.class)).orElse(risks),
                section.patterns("targets").orElse(ALL),
                section.labels("labels"));
    }

    boolean covers(Access access) {
        return risks.contains(access.risk())
                && Wildcard.anyMatches(tools, access.tool())
                && Wildcard.anyMatches(actions, access.action())
                && Wildcard.anyMatches(targets, access.target())
                && labels.entrySet().stream().allMatch(label -> labelled(access, label.getKey(), label.getValue()));
    }

    private static boolean labelled(Access access, String name, String pattern) {
        String value = access.labels().get(name);
        return value != null && Wildcard.anyMatches(List.of(pattern), value);
    }
}
