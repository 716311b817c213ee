package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages of a host of which the package lists offer a newer version. */
record Newer(List<Offer> offers) {
    private static final Pattern NAME = Pattern.compile("(\\S+?)(?::([a-z0-9-]+))?:");
    private static final Pattern CANDIDATE = Pattern.compile(" +Candidate: (\\S+)");
    private static final Pattern VERSION = Pattern.compile(" (\\*\\*\\*|   ) (\\S+) -?\\d+.*");
    private static final Pattern SOURCE = Pattern.compile(" {8} *-?\\d+ (.*)");
    private static final String INSTALLED = "***";
    private static final int FIELDS = 3;

    Newer {
        offers = List.copyOf(offers);
    }

    /** What {@code apt-cache policy} says of them, or lines of name, architecture and version. */
    static Newer parse(Output output) {
        if (output.truncated()) {
            throw new UnexpectedOutput("the list of newer packages is longer than the output limit");
        }
        List<Offer> offers = new ArrayList<>();
        List<String> policy = new ArrayList<>();
        for (String line : output.lines()) {
            if (line.indexOf('\t') >= 0) {
                offers.add(line(line));
            } else if (!line.startsWith(" ")) {
                offer(policy).ifPresent(offers::add);
                policy.clear();
                policy.add(line);
            } else if (policy.isEmpty()) {
                throw new UnexpectedOutput("a policy of no package: " + line);
            } else {
                policy.add(line);
            }
        }
        offer(policy).ifPresent(offers::add);
        return new Newer(offers);
    }

    Optional<Offer> of(Entry entry) {
        return offers.stream().filter(offer -> offer.isOf(entry)).findFirst();
    }

    private static Offer line(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS || fields[0].isEmpty() || fields[2].isEmpty()) {
            throw new UnexpectedOutput("a newer package: " + line);
        }
        return new Offer(fields[0], fields[1], fields[2], false);
    }

    private static Optional<Offer> offer(List<String> policy) {
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        Matcher name = NAME.matcher(policy.get(0));
        String candidate = policy.stream()
                .map(CANDIDATE::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .findFirst()
                .orElse("");
        if (!name.matches() || candidate.isEmpty()) {
            throw new UnexpectedOutput("apt-cache policy: " + policy.get(0));
        }
        String architecture = Optional.ofNullable(name.group(2)).orElse("");
        return Optional.of(new Offer(name.group(1), architecture, candidate, presentOneIsOffered(policy)));
    }

    /** Below the installed version stand its sources: dpkg's own record of it is none. */
    private static boolean presentOneIsOffered(List<String> policy) {
        boolean installed = false;
        for (String line : policy) {
            Matcher version = VERSION.matcher(line);
            Matcher source = SOURCE.matcher(line);
            if (version.matches()) {
                installed = version.group(1).equals(INSTALLED);
            } else if (installed && source.matches() && !source.group(1).equals("/var/lib/dpkg/status")) {
                return true;
            }
        }
        return false;
    }

    /**
     * One newer version.
     *
     * @param architecture empty for the host's own
     * @param presentToo whether the version that is installed now is still offered as well, where that is told
     */
    record Offer(String name, String architecture, String version, boolean presentToo) {
        boolean isOf(Entry entry) {
            return name.equals(entry.name()) && (architecture.isEmpty() || architecture.equals(entry.architecture()));
        }
    }
}
