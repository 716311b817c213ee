package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** systemd; see systemctl(1). Times are asked for as monotonic ones: the others depend on the host's time zone. */
record Systemd() implements ServiceManager {
    /** systemd itself gives up on a unit after 90 seconds by default. */
    private static final Duration LONGEST = Duration.ofSeconds(120);

    /** What it says for a number that it does not know, besides {@code [not set]} and nothing. */
    private static final String NO_NUMBER = "18446744073709551615";

    @Override
    public Run show(ServiceName name) {
        return Run.of(
                        "Look at the service",
                        "systemctl",
                        "show",
                        "--property=Id,LoadState,ActiveState,SubState,UnitFileState,FragmentPath,MainPID,Description,"
                                + "Type,RemainAfterExit,CanReload,NRestarts,Result,ActiveEnterTimestampMonotonic,"
                                + "MemoryCurrent,TasksCurrent",
                        "--",
                        name.value())
                .accepting(0, 1);
    }

    @Override
    public Run bootTime() {
        return Run.of("Ask when the host was booted", "grep", "^btime", "/proc/stat");
    }

    @Override
    public Unit unit(Output shown) {
        Map<String, String> properties = new HashMap<>();
        for (String line : shown.lines()) {
            int at = line.indexOf('=');
            if (at <= 0) {
                throw new UnexpectedOutput("systemctl show: " + line);
            }
            properties.put(line.substring(0, at), line.substring(at + 1));
        }
        if (!properties.keySet().containsAll(Set.of("Id", "LoadState", "ActiveState", "SubState"))) {
            throw new UnexpectedOutput("systemctl show: " + shown.text() + shown.error());
        }
        return new Unit(
                properties.get("Id"),
                properties.getOrDefault("Description", ""),
                properties.get("LoadState"),
                properties.get("ActiveState"),
                properties.get("SubState"),
                text(properties, "UnitFileState"),
                text(properties, "FragmentPath"),
                properties.getOrDefault("Type", "").equals("oneshot")
                        && !properties.getOrDefault("RemainAfterExit", "").equals("yes"),
                properties.getOrDefault("CanReload", "").equals("yes"),
                number(properties, "MainPID").orElse(0L),
                number(properties, "NRestarts").orElse(0L),
                properties.getOrDefault("Result", ""),
                number(properties, "ActiveEnterTimestampMonotonic").orElse(0L),
                number(properties, "MemoryCurrent"),
                number(properties, "TasksCurrent"));
    }

    @Override
    public Run showEnabled(List<ServiceName> names) {
        List<String> argv = new ArrayList<>(List.of("systemctl", "show", "--property=Id,UnitFileState", "--"));
        names.forEach(name -> argv.add(name.value()));
        return Run.of("Look at the units that go with it", argv).accepting(0, 1);
    }

    @Override
    public Map<String, Boolean> enabled(Output shown) {
        Map<String, Boolean> enabled = new TreeMap<>();
        String id = "";
        for (String line : shown.lines()) {
            if (line.startsWith("Id=")) {
                id = line.substring(3);
            } else if (line.equals("UnitFileState=enabled") || line.equals("UnitFileState=disabled")) {
                enabled.put(id, line.endsWith("=enabled"));
            }
        }
        return enabled;
    }

    @Override
    public Run start(ServiceName name) {
        return change("Start", "start", name);
    }

    @Override
    public Run stop(ServiceName name) {
        return change("Stop", "stop", name);
    }

    @Override
    public Run restart(ServiceName name) {
        return change("Restart", "restart", name);
    }

    @Override
    public Run reload(ServiceName name) {
        return change("Reload", "reload", name);
    }

    @Override
    public Run enable(ServiceName name) {
        return change("Enable", "enable", name);
    }

    @Override
    public Run disable(ServiceName name) {
        return change("Disable", "disable", name);
    }

    @Override
    public Run mask(ServiceName name) {
        return change("Mask", "mask", name);
    }

    @Override
    public Run unmask(ServiceName name) {
        return change("Unmask", "unmask", name);
    }

    private static Run change(String word, String verb, ServiceName name) {
        return Run.of(word + " " + name, "systemctl", verb, "--", name.value())
                .asRoot("services belong to the whole host")
                .within(LONGEST);
    }

    private static Optional<String> text(Map<String, String> properties, String name) {
        return Optional.of(properties.getOrDefault(name, "")).filter(text -> !text.isEmpty());
    }

    private static Optional<Long> number(Map<String, String> properties, String name) {
        String text = properties.getOrDefault(name, "");
        if (text.isEmpty() || text.equals("[not set]") || text.equals(NO_NUMBER)) {
            return Optional.empty();
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new UnexpectedOutput("systemctl show: " + name + "=" + text);
        }
        return Optional.of(Long.parseLong(text));
    }
}
