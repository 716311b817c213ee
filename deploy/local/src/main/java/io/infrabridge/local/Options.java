package io.infrabridge.local;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The words after {@code ./run}, understood or refused. */
record Options(Layout layout, Ports ports, Set<Part> twice, boolean restart, boolean onlyKeys) {
    static Options parse(List<String> words, Path root) {
        Path data = root.resolve("data");
        Path config = root.resolve("config");
        int offset = 0;
        boolean onlyKeys = false;
        boolean restart = false;
        Set<Part> twice = EnumSet.noneOf(Part.class);
        Map<Part, Integer> chosen = new EnumMap<>(Part.class);
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--data" -> data = Path.of(value(option, rest));
                case "--config" -> config = Path.of(value(option, rest));
                case "--port-offset" -> offset = number(option, rest);
                case "--restart" -> restart = true;
                case "--twice" -> twice.add(worker(value(option, rest)));
                case "--only-keys" -> onlyKeys = true;
                default -> {
                    Part part = Part.byPortOption(option).orElseThrow(() -> wrong("unknown option: " + option));
                    chosen.put(part, number(option, rest));
                }
            }
        }
        Layout layout = new Layout(root, data, config);
        return new Options(layout, Ports.of(chosen, offset), Set.copyOf(twice), restart, onlyKeys);
    }

    private static Part worker(String title) {
        return Stream.of(Part.values())
                .filter(part -> part.domain().isPresent() && part.title().equals(title))
                .findFirst()
                .orElseThrow(() -> wrong("--twice needs the name of a worker, not " + title));
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw wrong(option + " needs a value");
        }
        return rest.next();
    }

    private static int number(String option, Iterator<String> rest) {
        String value = value(option, rest);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw wrong(option + " needs a number, not " + value);
        }
    }

    private static StartFailure wrong(String message) {
        return new StartFailure(StartFailure.USAGE, message + "; see ./run --help");
    }
}
