package io.infrabridge.exports;

import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of exports(5), which {@code exportfs -v} prints too: a path, then clients, each with its options in
 * parentheses. Lines may be continued by a backslash or by a blank at the start of the next; paths may be quoted and may hold
 * characters as three octal digits; a word that begins with a hyphen sets the options of the clients after it.
 */
final class ExportGrammar {
    private static final Pattern WORD = Pattern.compile("\\s*((?:\"[^\"]*\"|\\([^)]*\\)|[^\\s\"(])+)");
    private static final Pattern CLIENT = Pattern.compile("^([^()]*)(?:\\(([^()]*)\\))?$");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private ExportGrammar() {}

    static Map<String, List<ExportClient>> parse(String text) {
        Map<String, List<ExportClient>> exports = new LinkedHashMap<>();
        for (String line : lines(text)) {
            List<String> words = words(line);
            String path = unescaped(words.get(0).replace("\"", ""));
            if (!path.startsWith("/")) {
                throw new UnexpectedOutput("exports: not a path: " + line);
            }
            exports.computeIfAbsent(path, absent -> new ArrayList<>()).addAll(clients(words, line));
        }
        return exports;
    }

    /** Without comments, and each with what continues it. */
    private static List<String> lines(String text) {
        List<String> whole = new ArrayList<>();
        for (String line : text.replace("\\\n", " ").lines().toList()) {
            String bare = withoutComment(line);
            if (bare.isBlank()) {
                continue;
            }
            if (Character.isWhitespace(bare.charAt(0)) && !whole.isEmpty()) {
                whole.set(whole.size() - 1, whole.get(whole.size() - 1) + " " + bare);
            } else {
                whole.add(bare.strip());
            }
        }
        return whole;
    }

    private static String withoutComment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '"') {
                quoted = !quoted;
            } else if (line.charAt(i) == '#' && !quoted) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        int end = 0;
        while (word.find() && word.start() == end) {
            words.add(word.group(1));
            end = word.end();
        }
        if (words.isEmpty() || !line.substring(end).isBlank()) {
            throw new UnexpectedOutput("exports: " + line);
        }
        return words;
    }

    private static List<ExportClient> clients(List<String> words, String line) {
        List<ExportClient> clients = new ArrayList<>();
        List<String> defaults = List.of();
        for (String word : words.subList(1, words.size())) {
            Matcher client = CLIENT.matcher(word);
            if (word.startsWith("-")) {
                defaults = options(word.substring(1));
            } else if (client.matches()) {
                List<String> options = new ArrayList<>(defaults);
                options.addAll(client.group(2) == null ? List.of() : options(client.group(2)));
                clients.add(new ExportClient(everyone(client.group(1)), options));
            } else {
                throw new UnexpectedOutput("exports: not a client: " + line);
            }
        }
        // a path alone is exported to everyone
        return clients.isEmpty() ? List.of(new ExportClient("*", defaults)) : clients;
    }

    private static String everyone(String client) {
        return client.isEmpty() || client.equals("<world>") ? "*" : client;
    }

    private static List<String> options(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(option -> !option.isEmpty())
                .toList();
    }

    private static String unescaped(String path) {
        return OCTAL.matcher(path)
                .replaceAll(octal ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(octal.group(1), 8))));
    }
}
