package io.infrabridge.runtime.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Argument vectors that would break wherever something between caller and program interprets them. */
public final class RandomArguments {
    private static final List<String> PIECES = List.of(
            "'", "\"", "\\", "\n", "\t", "$(id)", "`id`", "${HOME}", "$HOME", "*", "?", "[a-z]", "~", "!", "!!", "#",
            ";", "&", "&&", "|", "<", ">", "(", ")", "{a,b}", "=", "-", "--", "-rf", "ü", "日本語", "🙂", " ", "  ",
            "'\\''", "\r", "\u0001", "%s", "\\0", "a", "b/c", "Z9");

    private final Random random;

    public RandomArguments(long seed) {
        random = new Random(seed);
    }

    public List<String> next() {
        List<String> arguments = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            StringBuilder argument = new StringBuilder();
            int pieces = random.nextInt(8);
            for (int piece = 0; piece < pieces; piece++) {
                argument.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            arguments.add(argument.toString());
        }
        return arguments;
    }
}
