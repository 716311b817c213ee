package io.infrabridge.gateway.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what somebody probably meant among the names that exist. */
public final class Nearest {
    private static final int SHOWN = 20;

    private Nearest() {}

    public static Optional<String> to(String word, Collection<String> names) {
        int tolerated = Math.max(2, word.length() / 2);
        return names.stream()
                .filter(name -> distance(word, name) <= tolerated || name.contains(word) || word.contains(name))
                .min(Comparator.comparingInt(name -> distance(word, name)));
    }

    /** The names, nearest first, as one line that stays short however many there are. */
    public static String listed(String word, Collection<String> names) {
        List<String> sorted = names.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
        String line = String.join(", ", sorted);
        return names.size() > SHOWN ? line + " and " + (names.size() - SHOWN) + " more" : line;
    }

    /** Levenshtein, over at most the first 64 characters, so that a long word costs nothing. */
    private static int distance(String left, String right) {
        String a = left.length() > 64 ? left.substring(0, 64) : left;
        String b = right.length() > 64 ? right.substring(0, 64) : right;
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
