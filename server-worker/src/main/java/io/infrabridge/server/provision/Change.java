package io.infrabridge.server.provision;

import java.util.List;

/**
 * A difference, and the lines that show it to a person.
 *
 * @param lines as a unified diff has them
 */
record Change(Difference difference, List<String> lines) {
    Change {
        lines = List.copyOf(lines);
    }

    static Change of(String section, String subject, String from, String to) {
        return new Change(
                new Difference(section, subject, from, to),
                List.of("- " + subject + ": " + from, "+ " + subject + ": " + to));
    }
}
