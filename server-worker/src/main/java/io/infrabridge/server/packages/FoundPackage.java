package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A package that could be installed. */
record FoundPackage(String name, String summary) {
    /** As apt-cache(8) writes it: {@code nginx - small web server}. */
    private static final Pattern APT = Pattern.compile("(\\S+) - (.*)");
    /** As dnf(8) writes it, in groups under headings: {@code nginx.x86_64 : small web server}. */
    private static final Pattern DNF = Pattern.compile("(\\S+)\\.[A-Za-z0-9_]+ : (.*)");

    private static final Pattern HEADING = Pattern.compile("=+ .* =+");

    /** A line each; the last one is dropped where it may be cut. */
    static List<FoundPackage> parse(Output output) {
        List<String> lines = output.lines();
        List<FoundPackage> found = new ArrayList<>();
        for (String line : output.truncated() && !lines.isEmpty() ? lines.subList(0, lines.size() - 1) : lines) {
            if (!HEADING.matcher(line).matches()) {
                found.add(found(line));
            }
        }
        return found;
    }

    private static FoundPackage found(String line) {
        for (Pattern form : List.of(DNF, APT)) {
            Matcher parts = form.matcher(line);
            if (parts.matches()) {
                return new FoundPackage(parts.group(1), parts.group(2));
            }
        }
        throw new UnexpectedOutput("a found package: " + line);
    }
}
