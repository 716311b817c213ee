package io.infrabridge.runtime.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shape of a command that an operation runs as root: the worker runs no other one as root, and the sudoers file permits no
 * other one. It is written as the command with slots for its values, such as {@code umount -- <path:/mnt|/srv>}; three dots
 * after the last slot let it repeat. A blank after a backslash belongs to the argument that it stands in.
 */
public final class RootCommand {
    private static final String SLOT = "<([a-z]+)(?::([^<>]+))?>";
    /** What follows a slot is nothing that a value of it could swallow. */
    private static final Pattern WORD =
            Pattern.compile("[^<>]*((<one:[^<>]+>|" + SLOT + "[ /])[^<>]*)*(" + SLOT + "(\\.\\.\\.)?)?");

    private static final Pattern PIECE = Pattern.compile("([^<>]+)|" + SLOT);
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<!\\\\) ");
    private static final String REPEATED = ">...";
    /** For the worker: sudo's expressions repeat without a bound, because that is what they do cheaply. */
    private static final int MOST_REPETITIONS = 250;

    private static final Map<String, RootCommand> KNOWN = new ConcurrentHashMap<>();

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

    /** Of each template there is one: operations say theirs again and again, and making one takes a while. */
    public static RootCommand of(String template) {
        return KNOWN.computeIfAbsent(template, RootCommand::made);
    }

    private static RootCommand made(String template) {
        List<String> words = List.of(BETWEEN_WORDS.split(template));
        List<String> argument = new ArrayList<>();
        List<String> joined = new ArrayList<>();
        for (String written : words.subList(1, words.size())) {
            String word = written.replace("\\ ", " ");
            if (!WORD.matcher(word).matches()) {
                throw new IllegalArgumentException("not a word of a command: " + word);
            }
            argument.add(expression(word, "\u0000"));
            joined.add(expression(word, " "));
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

    private static String expression(String word, String separator) {
        boolean repeated = word.endsWith(REPEATED);
        Matcher pieces = PIECE.matcher(repeated ? word.substring(0, word.length() - REPEATED.length() + 1) : word);
        StringBuilder whole = new StringBuilder();
        while (pieces.find()) {
            whole.append(pieces.group(1) != null ? escaped(pieces.group(1)) : slot(pieces, separator));
        }
        String times = separator.equals(" ") ? "*" : "{0," + (MOST_REPETITIONS - 1) + "}";
        return repeated ? whole + "(" + separator + whole + ")" + times : whole.toString();
    }

    private static String slot(Matcher piece, String separator) {
        Slot slot = Slot.named(piece.group(2));
        if (slot == Slot.ONE && piece.group(3) == null) {
            throw new IllegalArgumentException("one of no words");
        }
        String value = separator.equals(" ") ? slot.joined() : slot.argument();
        return (piece.group(3) == null ? "" : choices(piece.group(3))) + value;
    }

    private static String choices(String list) {
        return Arrays.stream(list.split("\\|")).map(RootCommand::escaped).collect(Collectors.joining("|", "(", ")"));
    }

    private static String escaped(String literal) {
        return literal.replaceAll("[.\\[\\](){}*+?^$|\\\\]", "\\\\$0");
    }
}
