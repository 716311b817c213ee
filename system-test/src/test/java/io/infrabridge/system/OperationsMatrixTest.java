package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Comes after all other tests of the lab: {@code docs/operations.md} claims nothing that they did not run. */
@RequiresLab
@ExtendWith(RunningSystem.class)
@Order(Integer.MAX_VALUE)
class OperationsMatrixTest {
    private final Rest rest;

    OperationsMatrixTest(Rest rest) {
        this.rest = rest;
    }

    @Test
    void documentSaysNoMoreThanWhatRan() throws IOException {
        OperationsDocument ran = Matrix.OF_THIS_RUN.document();
        OperationsDocument written = OperationsDocument.read(OperationsDocument.file());
        // who runs a few tests has not seen what the others run
        boolean all = everyTestOfTheLabRan();
        String text = (all ? ran : written.and(ran)).text(offered());
        Files.writeString(Checkout.root().resolve("system-test/target/operations.md"), text);

        if (Boolean.getBoolean("infrabridge.regenerate")) {
            Files.writeString(OperationsDocument.file(), text);
        } else {
            ran.beyond(written).forEach(cell -> System.out.println("docs/operations.md does not say yet: " + cell));
            assertThat(all ? written.beyond(ran) : List.of())
                    .as(
                            "what docs/operations.md claims and nothing shows; write it anew with -Dinfrabridge.regenerate=true")
                    .isEmpty();
        }
    }

    private Set<String> offered() {
        Set<String> actions = new TreeSet<>();
        rest.get("/api/v1/tools")
                .body()
                .path("tools")
                .forEach(tool -> tool.path("actions").forEach(action -> {
                    if (action.path("tool").asText().equals(Way.TOOL)) {
                        actions.add(action.path("action").asText());
                    }
                }));
        return actions;
    }

    private static boolean everyTestOfTheLabRan() {
        return testsOfTheLab().stream()
                .filter(tests -> tests != OperationsMatrixTest.class)
                .allMatch(Matrix.OF_THIS_RUN::heard);
    }

    private static List<Class<?>> testsOfTheLab() {
        Path classes = Checkout.root().resolve("system-test/target/test-classes");
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .<Class<?>>map(OperationsMatrixTest::loaded)
                    .filter(tests -> tests.isAnnotationPresent(RequiresLab.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, OperationsMatrixTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
