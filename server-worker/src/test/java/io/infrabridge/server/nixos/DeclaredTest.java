package io.infrabridge.server.nixos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.runtime.value.FileMode;
import io.infrabridge.runtime.value.InvalidValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeclaredTest {
    private static final DeclaredRule WEB = new DeclaredRule(
            "allow", "in", "tcp", Optional.of(80), Optional.of(81), Optional.empty(), Optional.of("web"));

    private final Declared all = Declared.nothing()
            .withPackages(List.of(new AttributePath("nginx"), new AttributePath("htop"), new AttributePath("nginx")))
            .withService("nginx", true)
            .withUnit("cups", false)
            .withFirewall(none -> List.of(WEB))
            .withHostName("web1")
            .withTimeZone("Europe/Berlin")
            .withSysctl("net.core.somaxconn", "512")
            .withFile("motd", new DeclaredFile("Welcome\n", new FileMode("0644")));

    @Test
    void isTheSameTextWheneverTheSameIsDeclared() {
        assertThat(Declared.parse(all.text())).isEqualTo(all);
        assertThat(Declared.parse(all.text()).text()).isEqualTo(all.text());
        assertThat(all.packages()).extracting(AttributePath::value).containsExactly("htop", "nginx");
        assertThat(all.withoutPackages(List.of(new AttributePath("htop")))
                        .withPackages(List.of(new AttributePath("htop")))
                        .text())
                .isEqualTo(all.text());
    }

    @Test
    void knowsARuleWhateverItsComment() {
        DeclaredRule silent = new DeclaredRule(
                "allow", "in", "tcp", Optional.of(80), Optional.of(81), Optional.empty(), Optional.empty());
        assertThat(WEB.same(silent)).isTrue();
        assertThat(WEB).isNotEqualTo(silent);
    }

    @Test
    void readsAFileThatDeclaresLittle() {
        assertThat(Declared.parse("{}")).isEqualTo(Declared.nothing());
        assertThat(Declared.parse("{\"packages\":null,\"later\":1}")).isEqualTo(Declared.nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "1",
                "{\"packages\":[null]}",
                "{\"packages\":[\"-A\"]}",
                "{\"packages\":\"nginx\"}",
                "{\"services\":{\"nginx\":\"yes\"}}",
                "{\"services\":{\"nginx\":null}}",
                "{\"firewall\":[{}]}",
                "{\"firewall\":[{\"action\":\"allow\",\"direction\":\"in\",\"protocol\":\"tcp\",\"first_port\":80}]}",
                "{\"sysctl\":{\"net.core.somaxconn\":null}}",
                "{\"files\":{\"motd\":{}}}",
                "{\"files\":{\"motd\":{\"text\":\"x\",\"mode\":\"0666\"}}}",
                "{\"packages\":[]}x",
                "{\"packages\":[],\"packages\":[]}"
            })
    void doesNotUnderstandWhatItHasNotWritten(String text) {
        assertThatThrownBy(() -> Declared.parse(text)).isInstanceOf(UnexpectedOutput.class);
    }

    @Test
    void takesNoRuleThatIsNone() {
        assertThatThrownBy(() -> new DeclaredRule(
                        "drop", "in", "tcp", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new DeclaredRule(
                        "deny", "in", "tcp", Optional.of(2), Optional.of(1), Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidValue.class);
    }
}
