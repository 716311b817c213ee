package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.ServiceName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a unit can be enabled and disabled, and so that it can be taken back; see systemd.unit(5), [Install]. With a unit go
 * those that its {@code Also=} names: they are looked at too.
 */
final class InstallSection {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9:_.@-]{0,254}");
    private static final int MOST = 20;

    private InstallSection() {}

    /** After a look at the service: which units go with it, and whether they are enabled. */
    static Plan look(ServiceManager manager, Probed seen) {
        if (seen.size() == 2 && Refusals.unknown(manager, seen.get(0)).isEmpty()) {
            return manager.unit(seen.get(0))
                    .unitFile()
                    .flatMap(InstallSection::path)
                    .map(file -> Plan.of(Run.of(
                                    "Look which units go with it",
                                    "grep",
                                    "-hsE",
                                    "^[[:space:]]*Also[[:space:]]*=",
                                    "--",
                                    file.value())
                            .accepting(0, 1, 2)))
                    .orElse(Plan.nothing());
        }
        List<ServiceName> also = seen.size() == 3 ? names(seen.get(2)) : List.of();
        return also.isEmpty() ? Plan.nothing() : Plan.of(manager.showEnabled(also));
    }

    /** Why it can be neither enabled nor disabled, where that is so. */
    static Optional<Plan> refusal(ServiceManager manager, Unit unit, Probed seen) {
        return fixed(unit).or(() -> parted(manager, unit, seen));
    }

    private static Optional<Plan> fixed(Unit unit) {
        String state = unit.unitFileState().orElse("");
        return switch (state) {
            case "enabled", "disabled" -> Optional.empty();
            case "static" ->
                Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id()
                                + " is static: other units start it when they need it, so it is neither enabled nor disabled.",
                        "Start or stop it, or mask it where nothing shall start it."));
            case "masked", "masked-runtime" -> Refusals.masked(unit);
            default ->
                Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " is " + (state.isEmpty() ? "without a file" : state)
                                + ": enabling and disabling it could not be taken back exactly.",
                        "Units that are enabled or disabled can be changed; generated and transient ones come from"
                                + " elsewhere."));
        };
    }

    private static Optional<Plan> parted(ServiceManager manager, Unit unit, Probed seen) {
        if (seen.size() < 4) {
            return Optional.empty();
        }
        boolean enabled = unit.enabled();
        List<String> others = manager.enabled(seen.get(3)).entrySet().stream()
                .filter(other -> other.getValue() != enabled && !other.getKey().equals(unit.id()))
                .map(other -> other.getKey() + (other.getValue() ? " (enabled)" : " (disabled)"))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " is enabled and disabled together with " + String.join(", ", others)
                                + ", so this could not be taken back exactly.",
                        "Bring these into the state of " + unit.id() + " first."));
    }

    private static List<ServiceName> names(Output also) {
        return also.lines().stream()
                .flatMap(line -> Arrays.stream(
                        line.substring(line.indexOf('=') + 1).strip().split("\\s+")))
                .filter(name -> NAME.matcher(name).matches())
                .distinct()
                .limit(MOST)
                .map(ServiceName::new)
                .toList();
    }

    private static Optional<AbsolutePath> path(String text) {
        try {
            return Optional.of(new AbsolutePath(text));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }
}
