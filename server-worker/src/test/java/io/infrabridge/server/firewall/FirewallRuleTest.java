package io.infrabridge.server.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.catalogue.ArgumentDecoder;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirewallRuleTest {
    @Test
    void saysWhatIsLeftOut() {
        JsonNode rule = told("{'action':'allow','port':'443'}");
        assertThat(rule)
                .isEqualTo(Json.parse(
                        "{\"port\":\"443\",\"protocol\":\"any\",\"action\":\"allow\",\"direction\":\"in\"}"));
    }

    @Test
    void isTheSameWhenWhatIsToldIsAskedFor() {
        String text =
                "{'port':'8000-8100','protocol':'tcp','source':'10.0.0.0/8','action':'reject','direction':'out','comment':'a b'}";
        assertThat(told(text)).isEqualTo(Json.parse(text.replace('\'', '"')));
        assertThat(told(told(text).toString())).isEqualTo(told(text));
    }

    @Test
    void hasItsSourceInOneForm() {
        assertThat(told("{'action':'allow','source':'10.0.0.7/8'}")
                        .path("source")
                        .asText())
                .isEqualTo("10.0.0.0/8");
        assertThat(told("{'action':'allow','source':'2001:DB8:0::/32','port':'9-9'}")
                        .path("source")
                        .asText())
                .isEqualTo("2001:db8::/32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'action':'limit'}",
                "{'action':'allow','port':22}",
                "{'action':'allow','port':'80,443'}",
                "{'action':'allow','port':'90-80'}",
                "{'action':'allow','protocol':'icmp'}",
                "{'action':'allow','source':'0.0.0.0/0'}",
                "{'action':'allow','source':'::/0'}",
                "{'action':'allow','source':'any'}",
                "{'action':'allow','direction':'forward'}",
                "{'action':'allow','comment':'-x'}",
                "{'action':'allow','interface':'eth0'}"
            })
    void isRefusedWhereItIsNotOfOurForm(String text) {
        assertThatThrownBy(() -> decoded(text)).isInstanceOf(InvalidArguments.class);
    }

    @Test
    void saysWhyItIsRefused() {
        assertThatThrownBy(() -> decoded("{'action':'allow','port':'90-80'}"))
                .hasMessageContaining("lowest port first");
        assertThatThrownBy(() -> decoded("{'action':'allow','source':'::/0'}")).hasMessageContaining("leave it out");
    }

    private static JsonNode told(String rule) {
        return Json.tree(decoded(rule).firewallRule());
    }

    private static RuleInput decoded(String rule) {
        String whole = "{'operation':'firewall','action':'add_rule','firewall_rule':" + rule + "}";
        return new ArgumentDecoder().decode(new AddRule().spec(), Json.parse(whole.replace('\'', '"')));
    }
}
