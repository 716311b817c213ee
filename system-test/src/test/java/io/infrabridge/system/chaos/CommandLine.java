package io.infrabridge.system.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line as the shell of an SSH server would understand it, as far as one comes here: words, some of them in single quotes.
 *
 * @param argv what remains when everything that only limits or privileges it is taken away
 * @param root whether sudo is asked for
 * @param limit after which the host itself ends it
 */
record CommandLine(List<String> argv, boolean root, Optional<Duration> limit) {
    static CommandLine parse(String text) {
        List<String> words = words(text);
        int at = 0;
        while (at < words.size()
                && (words.get(at).matches("[A-Z_]+=.*") || words.get(at).equals("exec"))) {
            at++;
        }
        return unwrapped(words.subList(at, words.size()), false, Optional.empty());
    }

    private static CommandLine unwrapped(List<String> words, boolean root, Optional<Duration> limit) {
        if (!words.isEmpty() && words.get(0).equals("sudo")) {
            int end = words.indexOf("--");
            int option = words.indexOf("-T");
            Optional<Duration> its = option > 0 && option < end
                    ? Optional.of(words.get(option + 1)).map(CommandLine::seconds)
                    : limit;
            return unwrapped(words.subList(end + 1, words.size()), true, its);
        }
        if (words.size() > 4 && words.get(0).equals("timeout") && words.get(1).equals("-k")) {
            return unwrapped(words.subList(4, words.size()), root, Optional.of(seconds(words.get(3))));
        }
        return new CommandLine(List.copyOf(words), root, limit);
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
                begun = true;
            } else if (c == '\\' && !quoted) {
                word.append(text.charAt(++i));
                begun = true;
            } else if (c == ' ' && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    String program() {
        return argv.isEmpty() ? "" : argv.get(0);
    }

    /** The words behind {@code --}, or behind the program where there is none. */
    List<String> operands() {
        int end = argv.indexOf("--");
        return argv.subList(end < 0 ? 1 : end + 1, argv.size());
    }
}
