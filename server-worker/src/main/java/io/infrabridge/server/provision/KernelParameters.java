package io.infrabridge.server.provision;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.SysctlKey;
import io.infrabridge.runtime.value.SysctlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parameters of the kernel as they are now, whatever is kept for the next boot; see sysctl(8).
 *
 * @param wanted what they shall be
 * @param look which output of a probe is that of {@link #lookAtThem}
 */
record KernelParameters(List<SysctlEntry> wanted, int look) {
    static final String AS_ROOT = "sysctl -q -w -- <setting>";
    static final String NAME = "sysctl";

    KernelParameters {
        wanted = List.copyOf(wanted);
    }

    Run lookAtThem() {
        List<String> shown = new ArrayList<>(List.of("grep", "-H", "-e", "", "--"));
        wanted.forEach(entry -> shown.add(entry.key().file()));
        return Run.of("Look at the kernel's parameters", shown).accepting(0, 1, 2);
    }

    private Map<SysctlKey, String> now(Probed seen) {
        return shown(seen.get(look));
    }

    /**
     * How they differ from what they shall be now and after each boot.
     *
     * @param kept what they will be after the next boot
     */
    List<Change> changes(Probed seen, Map<String, String> kept) {
        Map<SysctlKey, String> now = now(seen);
        List<Change> changes = new ArrayList<>();
        for (SysctlEntry entry : wanted) {
            String key = entry.key().value();
            String value = entry.value().value();
            String is = now.getOrDefault(entry.key(), "unknown");
            boolean stays = value.equals(kept.get(key));
            if (!is.equals(value) || !stays) {
                changes.add(Change.of(NAME, key, is + (stays ? "" : " until the next boot"), value));
            }
        }
        return changes;
    }

    /** Sets those that differ. */
    Plan set(Probed seen) {
        Map<SysctlKey, String> now = now(seen);
        Optional<SysctlKey> unknown = wanted.stream()
                .map(SysctlEntry::key)
                .filter(key -> !now.containsKey(key))
                .findFirst();
        if (unknown.isPresent()) {
            return refusal(unknown.get(), seen.get(look));
        }
        List<Step> steps = new ArrayList<>();
        for (SysctlEntry entry : wanted) {
            String is = now.get(entry.key());
            if (!is.equals(entry.value().value())) {
                Optional<Run> back = former(is).map(value -> set(entry.key(), value));
                if (back.isEmpty()) {
                    return notRestorable(entry.key(), is);
                }
                steps.add(set(entry.key(), entry.value()).undoneBy(undo(entry.key(), is, back.get())));
            }
        }
        return Plan.of(steps);
    }

    /** What puts back those that differ from what they were. */
    List<Step> back(Probed before, Probed now) {
        Map<SysctlKey, String> former = now(before);
        Map<SysctlKey, String> present = now(now);
        List<Step> steps = new ArrayList<>();
        for (SysctlEntry entry : wanted) {
            String was = former.get(entry.key());
            if (was != null && !was.equals(present.get(entry.key()))) {
                former(was).ifPresent(value -> steps.add(set(entry.key(), value)));
            }
        }
        return steps;
    }

    /** As it is shown, with one blank for every gap. */
    static Map<SysctlKey, String> shown(Output output) {
        if (output.text().length() > Run.MOST_INPUT) {
            throw new UnexpectedOutput("/proc/sys: more than was asked for");
        }
        Map<SysctlKey, String> shown = new HashMap<>();
        for (String line : output.lines()) {
            int at = line.indexOf(':');
            if (output.truncated() || at < 0 || !line.startsWith("/proc/sys/")) {
                throw new UnexpectedOutput("/proc/sys: " + line);
            }
            try {
                SysctlKey key =
                        new SysctlKey(line.substring("/proc/sys/".length(), at).replace('/', '.'));
                // some have several lines; only the first is theirs alone
                shown.putIfAbsent(key, line.substring(at + 1).strip().replaceAll("\\s+", " "));
            } catch (InvalidValue e) {
                throw new UnexpectedOutput("/proc/sys: " + line, e);
            }
        }
        return shown;
    }

    private static Optional<SysctlValue> former(String is) {
        try {
            return Optional.of(new SysctlValue(is));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /** A parameter that could not be set is as it was. */
    private Undo undo(SysctlKey key, String former, Run back) {
        return Undo.difference(
                before -> List.of(back), (before, now) -> former.equals(now(now).get(key)) ? List.of() : List.of(back));
    }

    private static Run set(SysctlKey key, SysctlValue value) {
        return Run.of("Set " + key + " to " + value, "sysctl", "-q", "-w", "--", key + "=" + value)
                .asRoot("the kernel is the whole host's");
    }

    private static Plan refusal(SysctlKey key, Output shown) {
        return shown.error().contains(key.file() + ": Permission denied")
                ? Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "What " + key + " is may only be read by root, so it could not be put back.",
                        "Leave it out.")
                : Plan.refuse(
                        Category.NOT_FOUND,
                        "The kernel of the host has no parameter " + key + ".",
                        "Look below /proc/sys on the host; the module that has it may not be loaded.");
    }

    private static Plan notRestorable(SysctlKey key, String is) {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                key + " is \"" + is + "\", which could not be put back.",
                "Set it on the host by hand, if that is meant.");
    }
}
