package io.infrabridge.server.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextDiffTest {
    /** What diff -u of GNU diffutils 3.8 says of the same texts, less its two headers. */
    @Test
    void saysWhatDiffSays() {
        String old = IntStream.rangeClosed(1, 20).mapToObj(i -> i + "\n").collect(Collectors.joining());
        String young = old.replace("3\n4\n", "3\nthree and a half\n4\n").replace("17\n", "");
        assertThat(String.join("\n", TextDiff.between(old, young))).isEqualTo("""
                @@ -1,6 +1,7 @@
                 1
                 2
                 3
                +three and a half
                 4
                 5
                 6
                @@ -14,7 +15,6 @@
                 14
                 15
                 16
                -17
                 18
                 19
                 20""");
        assertThat(TextDiff.between("", "a\n")).containsExactly("@@ -0,0 +1 @@", "+a");
        assertThat(TextDiff.between("a\n", "")).containsExactly("@@ -1 +0,0 @@", "-a");
        assertThat(TextDiff.between("a\n", "a"))
                .containsExactly("@@ -1 +1 @@", "-a", "+a", "\\ No newline at end of file");
        assertThat(TextDiff.between(old, old)).isEmpty();
    }

    @Test
    void comparesWhatIsLongByItsEndsOnly() {
        String old = IntStream.range(0, 20_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
        String young = IntStream.range(0, 20_000).mapToObj(i -> -i + "\n").collect(Collectors.joining());
        assertThat(TextDiff.between("same\n" + old, "same\n" + young)).hasSize(1 + 2 + 39_998);
    }

    @Test
    void tellsEverythingThatIsNeededToMakeOneOfTheOther() {
        Random random = new Random(7);
        for (int turn = 0; turn < 2000; turn++) {
            String before = lines(random);
            String after = lines(random);
            assertThat(patched(before, TextDiff.between(before, after))).isEqualTo(after);
        }
    }

    private static String lines(Random random) {
        return random.ints(random.nextInt(40), 'a', 'd')
                .mapToObj(letter -> (char) letter + "\n")
                .collect(Collectors.joining());
    }

    private static String patched(String before, List<String> diff) {
        List<String> old = before.isEmpty() ? List.of() : Arrays.asList(before.split("\n"));
        List<String> young = new ArrayList<>();
        int at = 0;
        for (String line : diff) {
            if (line.startsWith("@@")) {
                String[] range = line.split(" ")[1].substring(1).split(",");
                int first = Integer.parseInt(range[0]) - (range.length == 2 && range[1].equals("0") ? 0 : 1);
                young.addAll(old.subList(at, first));
                at = first;
            } else if (line.startsWith("+")) {
                young.add(line.substring(1));
            } else {
                assertThat(old.get(at++)).isEqualTo(line.substring(1));
                if (line.startsWith(" ")) {
                    young.add(line.substring(1));
                }
            }
        }
        young.addAll(old.subList(at, old.size()));
        return young.isEmpty() ? "" : String.join("\n", young) + "\n";
    }
}
