package io.infrabridge.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicInteger readings = new AtomicInteger();
    private final List<String> heard = new ArrayList<>();
    private Path file;

    @BeforeEach
    void writesTheFirst() throws IOException {
        file = folder.resolve("numbers.yaml");
        replace("1");
    }

    @Test
    void readsAChangedFileAgain() throws IOException {
        Reloading<Integer> numbers = numbers();
        assertThat(numbers.current()).isEqualTo(1);

        replace("22");
        secondPasses();

        assertThat(numbers.current()).isEqualTo(22);
        assertThat(heard).containsExactly("reloaded numbers.yaml");
    }

    @Test
    void seesAFileOfTheSameLengthThatWasRenamedIntoItsPlace() throws IOException {
        Reloading<Integer> numbers = numbers();
        var modified = Files.getLastModifiedTime(file);

        replace("2");
        Files.setLastModifiedTime(file, modified);
        secondPasses();

        assertThat(numbers.current()).isEqualTo(2);
    }

    @Test
    void looksAtMostOnceASecondAndReadsOnlyWhatHasChanged() throws IOException {
        Reloading<Integer> numbers = numbers();

        replace("22");
        assertThat(numbers.current()).isEqualTo(1);
        secondPasses();
        numbers.current();
        numbers.current();
        secondPasses();
        numbers.current();

        assertThat(readings).hasValue(2);
    }

    @Test
    void keepsTheLastGoodValueAndSaysSoOnceWhenTheNewFileIsRefused() throws IOException {
        Reloading<Integer> numbers = numbers();

        replace("two");
        secondPasses();
        assertThat(numbers.current()).isEqualTo(1);
        secondPasses();
        assertThat(numbers.current()).isEqualTo(1);
        assertThat(heard).containsExactly("refused numbers.yaml: not a number");

        replace("333");
        secondPasses();
        assertThat(numbers.current()).isEqualTo(333);
    }

    @Test
    void keepsTheLastGoodValueWhileTheFileIsAway() throws IOException {
        Reloading<Integer> numbers = numbers();

        Files.delete(file);
        secondPasses();
        assertThat(numbers.current()).isEqualTo(1);
        assertThat(heard).singleElement().asString().startsWith("refused numbers.yaml: ");

        replace("22");
        secondPasses();
        assertThat(numbers.current()).isEqualTo(22);
    }

    @Test
    void triesAgainWhenOnlyThePermissionsHaveChanged() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Reloading<String> secret = new Reloading<>(file, PrivateFile::read, listener(), SECOND, nanoTime::get);

        replace("22");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        secondPasses();
        assertThat(secret.current()).isEqualTo("1");
        assertThat(heard).singleElement().asString().contains("chmod 600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        secondPasses();
        assertThat(secret.current()).isEqualTo("22");
    }

    @Test
    void refusesToStartWithAFileThatIsRefused() throws IOException {
        replace("one");

        assertThatThrownBy(this::numbers).isInstanceOf(InvalidConfiguration.class);
    }

    @Test
    void countsReloadsAndFailuresByFile() throws IOException {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        Reloading<Integer> numbers =
                new Reloading<>(file, this::parse, new ReloadReport(metrics).of(file), Duration.ZERO);
        assertThat(count(metrics, "infrabridge.configuration.reload.failures")).isZero();

        replace("two");
        assertThat(numbers.current()).isEqualTo(1);
        replace("22");
        assertThat(numbers.current()).isEqualTo(22);

        assertThat(count(metrics, "infrabridge.configuration.reload.failures")).isEqualTo(1);
        assertThat(count(metrics, "infrabridge.configuration.reloads")).isEqualTo(1);
    }

    @Test
    void looksEverySecondByDefault() {
        assertThat(new Reloading<>(file, this::parse, listener()).current()).isEqualTo(1);
        assertThat(Reloading.EVERY_SECOND).isEqualTo(SECOND);
    }

    private Reloading<Integer> numbers() {
        return new Reloading<>(file, this::parse, listener(), SECOND, nanoTime::get);
    }

    private Integer parse(Path path) {
        readings.incrementAndGet();
        try {
            return Integer.valueOf(Files.readString(path));
        } catch (NumberFormatException e) {
            throw new InvalidConfiguration("not a number");
        } catch (IOException e) {
            throw new InvalidConfiguration("cannot be read", e);
        }
    }

    private Reloading.Listener listener() {
        return new Reloading.Listener() {
            @Override
            public void reloaded(Path path) {
                heard.add("reloaded " + path.getFileName());
            }

            @Override
            public void refused(Path path, String why) {
                heard.add("refused " + path.getFileName() + ": " + why);
            }
        };
    }

    private void replace(String text) throws IOException {
        Path next = folder.resolve("next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void secondPasses() {
        nanoTime.addAndGet(SECOND.toNanos());
    }

    private static double count(SimpleMeterRegistry metrics, String name) {
        return metrics.get(name).tag("file", "numbers.yaml").counter().count();
    }
}
