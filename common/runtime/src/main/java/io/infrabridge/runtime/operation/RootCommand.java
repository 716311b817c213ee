package io.infrabridge.runtime.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shape of a command that an operation runs as root: the worker runs no other one as root, and the sudoers file permits no
 * other one. It is written as the command with slots for its values, such as {@code umount -- <path:/mnt|/srv>}; three dots
 * after the last slot let it repeat.
 */
public final class RootCommand {
    private static final Pattern WORD = Pattern.compile("([^<>]*)(?:<([a-z]+)(?::([^<>]+))?>(\\.\\.\\.)?)?");
    /** For the worker: sudo's expressions repeat without a bound, because that is what they do cheaply. */
    private static final int MOST_REPETITIONS = 250;

    private final String template;
    private final String program;
    private final Pattern shape;
    private final String sudoers;

    private RootCommand(String template, String program, Pattern shape, String sudoers) {
        this.template = template;
        this.program = program;
        this.shape = shape;
        this.sudoers = sudoers;
    }

    public static RootCommand of(String template) {
        List<String> words = List.of(template.split(" "));
        List<String> argument = new ArrayList<>();
        List<String> joined = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            Matcher parts = WORD.matcher(word);
            if (!parts.matches()) {
                throw new IllegalArgumentException("not a word of a command: " + word);
            }
            boolean repeated = parts.group(4) != null;
            argument.add(expression(parts, "\u0000", repeated));
            joined.add(expression(parts, " ", repeated));
        }
        return new RootCommand(
                template,
                words.get(0),
                Pattern.compile(String.join("\u0000", argument), Pattern.DOTALL),
                String.join(" ", joined));
    }

    public String program() {
        return program;
    }

    boolean permits(List<String> argv) {
        // no arguments and one that is empty would join to the same
        return argv.get(0).equals(program)
                && argv.size() > 1 != program.equals(template)
                && shape.matcher(String.join("\u0000", argv.subList(1, argv.size())))
                        .matches();
    }

    /** Its arguments as sudoers(5) writes them from sudo 1.9.10 on: one extended regular expression for all. */
    public String sudoersArguments() {
        return program.equals(template) ? "\"\"" : "^" + sudoers + "$";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RootCommand command && command.template.equals(template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    @Override
    public String toString() {
        return template;
    }

    private static String expression(Matcher word, String separator, boolean repeated) {
        String literal = word.group(1).replaceAll("[.\\[\\](){}*+?^$|\\\\]", "\\\\$0");
        if (word.group(2) == null) {
            return literal;
        }
        Slot slot = Slot.named(word.group(2));
        String value = separator.equals(" ") ? slot.joined() : slot.argument();
        if (slot == Slot.PATH && word.group(3) != null) {
            value = roots(word.group(3)) + value;
        }
        String whole = literal + value;
        String times = separator.equals(" ") ? "*" : "{0," + (MOST_REPETITIONS - 1) + "}";
        return repeated ? whole + "(" + separator + whole + ")" + times : whole;
    }

    private static String roots(String list) {
        return List.of(list.split("\\|")).stream()
                .map(root -> root.replaceAll("[.\\[\\](){}*+?^$|\\\\]", "\\\\$0"))
                .collect(Collectors.joining("|", "(", ")"));
    }
}
