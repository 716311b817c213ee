package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;

/** A package that could be installed. */
record FoundPackage(String name, String summary) {
    private static final String BETWEEN = " - ";

    /** Lines of a name, a hyphen between blanks and a summary; the last one is dropped where it may be cut. */
    static List<FoundPackage> parse(Output output) {
        List<String> lines = output.lines();
        List<FoundPackage> found = new ArrayList<>();
        for (String line : output.truncated() ? lines.subList(0, lines.size() - 1) : lines) {
            int at = line.indexOf(BETWEEN);
            if (at <= 0) {
                throw new UnexpectedOutput("a found package: " + line);
            }
            found.add(new FoundPackage(line.substring(0, at), line.substring(at + BETWEEN.length())));
        }
        return found;
    }
}
