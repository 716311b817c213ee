package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code firewall-cmd --list-all-zones} prints. */
record Zones(Map<String, Zone> byName) {
    /** Later versions say {@code (default, active)}. */
    private static final Pattern HEAD = Pattern.compile("([a-zA-Z0-9_-]{1,64})(?: \\(([a-z, ]{1,64})\\))?");

    private static final Pattern ENTRY = Pattern.compile("  ([a-z][a-z -]{0,63}): ?(.*)");

    static Zones parse(Output listed) {
        if (listed.truncated() || !listed.succeeded()) {
            throw new UnexpectedOutput("firewall-cmd: its zones are not whole: " + listed.error());
        }
        Map<String, Zone> zones = new LinkedHashMap<>();
        Zone zone = new Zone(false, Map.of());
        List<String> last = new ArrayList<>();
        for (String line : listed.lines()) {
            Matcher head = HEAD.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (head.matches()) {
                zone = new Zone(head.group(2) != null && head.group(2).contains("active"), new LinkedHashMap<>());
                zones.put(head.group(1), zone);
            } else if (!zones.isEmpty() && entry.matches()) {
                last = new ArrayList<>();
                if (!entry.group(2).isBlank()) {
                    last.add(entry.group(2).strip());
                }
                zone.entries().put(entry.group(1), last);
            } else if (!zones.isEmpty() && line.startsWith("\t")) {
                last.add(line.strip());
            } else {
                throw new UnexpectedOutput("firewall-cmd: " + line.substring(0, Math.min(200, line.length())));
            }
        }
        return new Zones(zones);
    }

    /** The one that rules go to: that of the interfaces where they are in one zone, else the default. */
    String chosen(String byDefault) {
        List<String> withInterfaces = byName.keySet().stream()
                .filter(name -> byName.get(name).active())
                .filter(name -> !byName.get(name).words("interfaces").isEmpty())
                .toList();
        return withInterfaces.size() == 1 ? withInterfaces.get(0) : byDefault;
    }

    /** Those that are active beside it. */
    List<String> besides(String chosen) {
        return byName.keySet().stream()
                .filter(name -> byName.get(name).active() && !name.equals(chosen))
                .toList();
    }

    Zone zone(String name) {
        Zone zone = byName.get(name);
        if (zone == null) {
            throw new UnexpectedOutput("firewall-cmd: there is no zone " + name);
        }
        return zone;
    }

    /**
     * One zone.
     *
     * @param entries the lines of each heading
     */
    record Zone(boolean active, Map<String, List<String>> entries) {
        List<String> lines(String heading) {
            return entries.getOrDefault(heading, List.of());
        }

        List<String> words(String heading) {
            return lines(heading).stream()
                    .flatMap(line -> List.of(line.split(" +")).stream())
                    .toList();
        }
    }
}
