package io.infrabridge.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import org.junit.jupiter.api.Test;

final class ListExportsTest {
    private final Rehearsal<?, ?> list = new Rehearsal<>(new ListExports(), "{'action':'list'}");

    @Test
    void listsActiveAndConfiguredExportsOfARealServer() {
        JsonNode exports = list.seen(Captured.output("exportfs"), Captured.output("grep-exports"))
                .path("exports");
        assertThat(exports).hasSize(2);
        assertThat(exports.get(0)).isEqualTo(Json.parse("""
                        {"path":"/srv/data","clients":[{"client":"127.0.0.1","options":["sync","wdelay","hide",
                         "no_subtree_check","sec=sys","rw","secure","no_root_squash","no_all_squash"]}],
                         "security":["sys"],"active":true,"configured":true}"""));
    }

    @Test
    void readsALongPathWhoseClientsAreOnTheNextLine() {
        JsonNode exports = list.seen(Captured.output("exportfs-long"), Output.failed(2, ""))
                .path("exports");
        assertThat(exports.findValuesAsText("path")).containsExactly("/srv/pool/production-data", "/srv/pool/scratch");
        assertThat(exports.get(0).path("clients").get(0).path("client").asText())
                .isEqualTo("10.77.0.0/24");
        assertThat(exports.get(0).path("configured").asBoolean()).isFalse();
    }

    @Test
    void tellsWhatIsOnlyConfigured() {
        JsonNode exports = list.seen(Output.failed(Output.NOT_FOUND, ""), Captured.output("grep-exports"))
                .path("exports");
        assertThat(exports.findValuesAsText("active")).containsOnly("false");
        assertThat(exports.findValuesAsText("configured")).containsOnly("true");
    }

    @Test
    void hasNoneWhereThereIsNothing() {
        assertThat(list.seen(Output.of(""), Output.failed(2, "")).path("exports"))
                .isEmpty();
    }

    /** The examples and rules of exports(5). */
    @Test
    void understandsTheWholeGrammar() {
        JsonNode exports = list.seen(Output.of(""), Output.of("""
                        # sample /etc/exports file
                        /               master(rw) trusty(rw,no_root_squash)
                        /projects       proj*.local.domain(rw)
                        /usr            *.local.domain(ro) @trusted(rw)
                        /home/joe       pc001(rw,all_squash,anonuid=150,anongid=100)
                        /pub            *(ro,insecure,all_squash)
                        /srv/www        -sync,rw server @trusted @external(ro)  # with defaults
                        /foo            2001:db8:9:e54::/64(rw) 192.0.2.0/24(rw)
                        "/srv/with blank" host(rw,sec=krb5:krb5p)
                        /srv/with\\040octal host
                        /build          buildhost[0-9].local.domain(rw) \\
                                        other(ro)
                        /alone
                        """)).path("exports");
        assertThat(exports.findValuesAsText("path"))
                .containsExactly(
                        "/",
                        "/alone",
                        "/build",
                        "/foo",
                        "/home/joe",
                        "/projects",
                        "/pub",
                        "/srv/with blank",
                        "/srv/with octal",
                        "/srv/www",
                        "/usr");
        assertThat(exports.get(1).path("clients").toString()).isEqualTo("[{\"client\":\"*\",\"options\":[]}]");
        assertThat(exports.get(2).path("clients").findValuesAsText("client"))
                .containsExactly("buildhost[0-9].local.domain", "other");
        assertThat(exports.get(3).path("clients").get(0).path("client").asText())
                .isEqualTo("2001:db8:9:e54::/64");
        assertThat(exports.get(7).path("security").toString()).isEqualTo("[\"krb5\",\"krb5p\"]");
        assertThat(exports.get(9).path("clients").get(2).toString())
                .isEqualTo("{\"client\":\"@external\",\"options\":[\"sync\",\"rw\",\"ro\"]}");
    }

    @Test
    void doesNotUnderstandGarbage() {
        for (String garbage : new String[] {"garbage", "/srv host(rw", "/srv \"host", "/srv host(rw)x)"}) {
            assertThatThrownBy(() -> list.seen(Output.of(garbage), Output.of("")))
                    .as(garbage)
                    .isInstanceOf(UnexpectedOutput.class);
        }
    }

    @Test
    void onlyLooks() {
        assertThat(list.plan(Output.of(""), Output.of(""))).isEmpty();
        assertThat(list.probe()).hasSize(2);
    }
}
