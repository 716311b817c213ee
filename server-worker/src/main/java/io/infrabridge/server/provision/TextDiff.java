package io.infrabridge.server.provision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A unified diff of two texts without its headers; where they are too different to be compared line by line, all of both. */
final class TextDiff {
    private static final int CONTEXT = 3;
    private static final long MOST_COMPARED = 1_000_000;
    static final String NO_NEWLINE = "\\ No newline at end of file";

    private final List<String> before;
    private final List<String> after;
    /** Every line of both, in order, with a blank, a minus or a plus before it. */
    private final List<String> merged = new ArrayList<>();

    private TextDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    static List<String> between(String before, String after) {
        TextDiff diff = new TextDiff(lines(before), lines(after));
        diff.merge();
        return diff.hunks();
    }

    /** A line without its end is another one than with it. */
    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int last = lines.size() - 1;
        if (lines.get(last).isEmpty()) {
            lines.remove(last);
        } else {
            lines.set(last, lines.get(last) + "\n" + NO_NEWLINE);
        }
        return lines;
    }

    private void merge() {
        int start = 0;
        while (start < Math.min(before.size(), after.size())
                && before.get(start).equals(after.get(start))) {
            merged.add(" " + before.get(start++));
        }
        int oldEnd = before.size();
        int newEnd = after.size();
        while (oldEnd > start && newEnd > start && before.get(oldEnd - 1).equals(after.get(newEnd - 1))) {
            oldEnd--;
            newEnd--;
        }
        between(before.subList(start, oldEnd), after.subList(start, newEnd));
        before.subList(oldEnd, before.size()).forEach(line -> merged.add(" " + line));
    }

    private void between(List<String> old, List<String> young) {
        if ((long) old.size() * young.size() > MOST_COMPARED) {
            old.forEach(line -> merged.add("-" + line));
            young.forEach(line -> merged.add("+" + line));
            return;
        }
        int[][] common = common(old, young);
        int i = 0;
        int j = 0;
        while (i < old.size() || j < young.size()) {
            if (i < old.size() && j < young.size() && old.get(i).equals(young.get(j))) {
                merged.add(" " + old.get(i++));
                j++;
            } else if (j == young.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
                merged.add("-" + old.get(i++));
            } else {
                merged.add("+" + young.get(j++));
            }
        }
    }

    /** How long the longest common sequence of the rests is. */
    private static int[][] common(List<String> old, List<String> young) {
        int[][] common = new int[old.size() + 1][young.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = young.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(young.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private List<String> hunks() {
        List<String> hunks = new ArrayList<>();
        int at = 0;
        int oldLine = 1;
        int newLine = 1;
        while (at < merged.size()) {
            if (unchanged(at)) {
                oldLine++;
                newLine++;
                at++;
                continue;
            }
            int start = Math.max(0, at - CONTEXT);
            int end = end(at);
            int context = at - start;
            hunks.add(header(start, end, oldLine - context, newLine - context));
            for (String line : merged.subList(start, end)) {
                hunks.addAll(Arrays.asList(line.split("\n")));
            }
            oldLine += (int) merged.subList(at, end).stream()
                    .filter(line -> !line.startsWith("+"))
                    .count();
            newLine += (int) merged.subList(at, end).stream()
                    .filter(line -> !line.startsWith("-"))
                    .count();
            at = end;
        }
        return hunks;
    }

    /** After the last change that is no further from the one before than both their contexts, and its context. */
    private int end(int first) {
        int last = first;
        for (int i = first; i < merged.size() && i - last <= 2 * CONTEXT; i++) {
            if (!unchanged(i)) {
                last = i;
            }
        }
        return Math.min(merged.size(), last + 1 + CONTEXT);
    }

    private String header(int start, int end, int oldLine, int newLine) {
        List<String> lines = merged.subList(start, end);
        long olds = lines.stream().filter(line -> !line.startsWith("+")).count();
        long news = lines.stream().filter(line -> !line.startsWith("-")).count();
        return "@@ -" + range(oldLine, olds) + " +" + range(newLine, news) + " @@";
    }

    private static String range(int line, long count) {
        return (count == 0 ? line - 1 : line) + (count == 1 ? "" : "," + count);
    }

    private boolean unchanged(int at) {
        return merged.get(at).startsWith(" ");
    }
}
