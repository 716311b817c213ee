package io.infrabridge.runtime.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program that starts another one, in the only form in which it may: everything before the other program's name is looked
 * at word by word, so that the name that counts is known.
 */
enum Starter {
    /** Ends the other one after a time; see timeout(1). */
    TIMEOUT("timeout", "-k", "[0-9]+", "[0-9]+"),
    /** Lets systemd start the other one, once, after some seconds; see systemd-run(1). */
    TIMER(
            "systemd-run",
            "--quiet",
            "--collect",
            "--unit=infrabridge-[a-z0-9-]{1,80}",
            "--timer-property=AccuracySec=100ms",
            "--on-active=[0-9]{1,5}",
            "--");

    private final String program;
    private final List<Pattern> words;

    Starter(String program, String... words) {
        this.program = program;
        this.words = Arrays.stream(words).map(Pattern::compile).toList();
    }

    /** All programs that are started, the first one first; what is not understood is given in words that are no program. */
    static List<String> programs(List<String> argv) {
        List<String> all = new ArrayList<>();
        List<String> rest = argv;
        for (Starter starter : values()) {
            if (!rest.get(0).equals(starter.program)) {
                continue;
            }
            all.add(starter.program);
            if (!starter.understands(rest)) {
                all.add("what " + String.join(" ", rest) + " starts");
                return List.copyOf(all);
            }
            rest = rest.subList(starter.words.size() + 1, rest.size());
            break;
        }
        String last = rest.get(0);
        boolean again = !all.isEmpty() && Arrays.stream(values()).anyMatch(starter -> starter.program.equals(last));
        all.add(again ? "what " + String.join(" ", rest) + " starts" : last);
        return List.copyOf(all);
    }

    private boolean understands(List<String> argv) {
        if (argv.size() <= words.size() + 1) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).matcher(argv.get(i + 1)).matches()) {
                return false;
            }
        }
        return true;
    }
}
