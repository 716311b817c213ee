package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as having run on a real host, and how it is written down and read again. */
class OperationsDocumentTest {
    private final Matrix matrix = new Matrix();

    @Test
    void readsWhatItWrote(@TempDir Path folder) throws IOException {
        matrix.saw(operation("1", "package.install", "rhel", true));
        matrix.saw(operation("2", "package.install", "rhel", false));
        matrix.saw(operation("3", "service.restart", "nixos", true));
        Path file = folder.resolve("operations.md");
        Files.writeString(file, matrix.document().text(Set.of("health.check")));

        assertThat(OperationsDocument.read(file).byAction())
                .containsOnlyKeys("health.check", "package.install", "service.restart");
        assertThat(OperationsDocument.read(file).text(Set.of())).isEqualTo(Files.readString(file));
        assertThat(file)
                .content()
                .contains(
                        "| `health.check` | – | – | – |\n",
                        "| `package.install` | – | ran; again: unchanged | – |\n",
                        "| `service.restart` | – | – | ran |\n");
    }

    @Test
    void sayingNothingToDoBeforeAnythingWasDoneIsNotConverging() {
        matrix.saw(operation("1", "package.install", "ubuntu", false));
        matrix.saw(operation("2", "package.install", "ubuntu", true));
        matrix.saw(operation("2", "package.install", "ubuntu", true));

        assertThat(matrix.document().text(Set.of())).contains("| `package.install` | ran | – | – |");
    }

    @Test
    void tellsWhatOneSaysBeyondTheOther() {
        matrix.saw(operation("1", "package.install", "rhel", true));
        OperationsDocument ran = matrix.document();
        matrix.saw(operation("2", "package.install", "rhel", false));
        OperationsDocument converged = matrix.document();

        assertThat(converged.beyond(ran)).containsExactly("package.install on RHEL and kin: ran; again: unchanged");
        assertThat(ran.beyond(converged)).isEmpty();
        assertThat(ran.and(converged)).isEqualTo(converged);
    }

    @Test
    void countsNeitherFailuresNorDryRunsNorOtherMachines() {
        matrix.saw(Json.object());
        matrix.saw(Json.parse("[1]"));
        matrix.saw(with("{\"state\":\"FAILED\"}"));
        matrix.saw(with("{\"dry_run\":true}"));
        matrix.saw(with("{\"execution\":{\"mode\":\"local\",\"distro\":\"ubuntu\"}}"));
        matrix.saw(with("{\"execution\":{\"mode\":\"remote\",\"distro\":\"other\"}}"));

        assertThat(matrix.document().byAction()).isEmpty();
    }

    private static JsonNode operation(String id, String action, String distro, boolean changed) {
        return Json.parse("""
                {"id":"%s","tool":"server_manage","action":"%s","target":"a","state":"SUCCEEDED","changed":%s,"dry_run":false,
                 "execution":{"mode":"remote","distro":"%s"}}""".formatted(id, action, changed, distro));
    }

    private static JsonNode with(String members) {
        ObjectNode operation = (ObjectNode) operation("1", "package.install", "ubuntu", true);
        operation.setAll((ObjectNode) Json.parse(members));
        return operation;
    }
}
