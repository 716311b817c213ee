package io.infrabridge.runtime.disclosure;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of texts what looks like a secret, and what is known to be one.
 *
 * @param known texts that must not be told, longest first
 */
record Redaction(List<String> known) {
    static final String MARK = "[redacted]";

    private static final String NAMES =
            "(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|key-data|credentials?)";

    /** One look that tells of nearly every text that there is nothing to take out. */
    private static final Pattern SUSPICIOUS = Pattern.compile(
            "(?i)pass|pwd|secret|token|key|credential|bearer|authorization|eyj|akia|asia|://|\\$|gh._|glpat|xox");

    private static final List<Rule> RULES = List.of(
            rule("-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\\z)", MARK),
            // a token whose end was cut off is known by the usual beginnings of its header
            rule("\\beyJ(?:hbGci|0eXAi|raWQi)[A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]*){0,2}", MARK),
            rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?", MARK),
            rule(
                    "(?i)(authorization[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?(?:(?:bearer|basic|digest|negotiate)\\s{1,4})?)[^\\s\"']+",
                    "$1" + MARK),
            rule("(?i)(\\bbearer\\s{1,4})[A-Za-z0-9._~+/=-]{16,}", "$1" + MARK),
            rule("(://[^\\s/:@]{0,256}:)[^\\s/@]{1,1024}@", "$1" + MARK + "@"),
            rule(
                    "(?i)(" + NAMES
                            + "[a-z0-9_-]{0,32}[\"']?\\s{0,4}[:=]\\s{0,4})(?:\"[^\"]*\"?|'[^']*'?|[^\\s,;&\"']+)",
                    "$1" + MARK),
            rule("(?i)(--?" + NAMES + "\\s{1,4})[^\\s-]\\S*", "$1" + MARK),
            rule("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b", MARK),
            rule("\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,})", MARK),
            // crypt(5), as in /etc/shadow
            rule("\\$(?:1|5|6|7|y|gy|2[abxy])\\$[./A-Za-z0-9,=$]{16,}", MARK));

    private static final Pattern OPTION = Pattern.compile("(?i)--?[a-z0-9-]{0,32}" + NAMES + "[a-z0-9-]{0,32}");

    Redaction {
        known = known.stream()
                .filter(text -> !text.isEmpty())
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    String of(String text) {
        String told = text;
        for (String secret : known) {
            told = told.replace(secret, MARK);
        }
        if (SUSPICIOUS.matcher(told).find()) {
            for (Rule rule : RULES) {
                told = rule.pattern.matcher(told).replaceAll(rule.replacement);
            }
        }
        return told;
    }

    /** Whether the argument after this one is a secret. */
    static boolean announces(String argument) {
        return OPTION.matcher(argument).matches();
    }

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern, Pattern.DOTALL), replacement);
    }

    private record Rule(Pattern pattern, String replacement) {}
}
