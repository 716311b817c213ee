package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.ServiceName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** systemd; see systemctl(1). Times are asked for as monotonic ones: the others depend on the host's time zone. */
record Systemd() implements ServiceManager {
    /** systemd itself gives up on a unit after 90 seconds by default. */
    private static final Duration LONGEST = Duration.ofSeconds(120);

    @Override
    public Run show(ServiceName name) {
        return Run.of(
                        "Look at the service",
                        "systemctl",
                        "show",
                        "--property=Id,LoadState,ActiveState,SubState,UnitFileState,MainPID,Description,Type,"
                                + "RemainAfterExit,NRestarts,Result,ActiveEnterTimestampMonotonic",
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
                Optional.of(properties.getOrDefault("UnitFileState", "")).filter(state -> !state.isEmpty()),
                properties.getOrDefault("Type", "").equals("oneshot")
                        && !properties.getOrDefault("RemainAfterExit", "").equals("yes"),
                number(properties, "MainPID"),
                number(properties, "NRestarts"),
                properties.getOrDefault("Result", ""),
                number(properties, "ActiveEnterTimestampMonotonic"));
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

    private static Run change(String word, String verb, ServiceName name) {
        return Run.of(word + " " + name, "systemctl", verb, "--", name.value())
                .asRoot("services belong to the whole host")
                .within(LONGEST);
    }

    private static long number(Map<String, String> properties, String name) {
        String text = properties.getOrDefault(name, "");
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UnexpectedOutput("systemctl show: " + name + "=" + text, e);
        }
    }
}
