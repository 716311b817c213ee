package io.infrabridge.server.provision;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be changed on a server, or was changed.
 *
 * @param changes in the order in which they are made
 * @param diff the same for a person, as a unified diff; cut where it is long
 */
record Provision(List<Difference> changes, String diff) {
    static final int MOST_LINES = 400;

    Provision {
        changes = List.copyOf(changes);
    }

    static Provision of(List<Change> changes) {
        List<String> lines = new ArrayList<>();
        String section = "";
        for (Change change : changes) {
            if (!section.equals(change.difference().section())) {
                section = change.difference().section();
                lines.add("@@ " + section + " @@");
            }
            lines.addAll(change.lines());
        }
        if (lines.size() > MOST_LINES) {
            int left = lines.size() - MOST_LINES;
            lines = new ArrayList<>(lines.subList(0, MOST_LINES));
            lines.add("… " + left + " more lines");
        }
        return new Provision(changes.stream().map(Change::difference).toList(), String.join("\n", lines));
    }
}
