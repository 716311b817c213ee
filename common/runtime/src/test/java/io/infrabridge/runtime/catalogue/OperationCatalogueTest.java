package io.infrabridge.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.runtime.execution.AddNames;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationCatalogueTest {
    private final AddNames operation = new AddNames(true);
    private final OperationCatalogue catalogue = new OperationCatalogue(List.of(operation, new AddNames(false)));
    private final ArgumentDecoder decoder = new ArgumentDecoder();

    @Test
    void describesTheInputAsCallersWriteIt() {
        OperationDescriptor add = catalogue.descriptors().get(0);

        assertThat(add.action()).isEqualTo("add");
        assertThat(add.inputSchema().path("required")).map(JsonNode::asText).containsExactly("action", "names");
        assertThat(add.inputSchema().at("/properties/action/const").asText()).isEqualTo("add");
        assertThat(add.inputSchema().at("/properties/names/items/pattern").asText())
                .startsWith("^[");
        assertThat(add.inputSchema().at("/properties/remote_target/type").asText())
                .isEqualTo("string");
        assertThat(add.inputSchema().path("additionalProperties").asBoolean(true))
                .isFalse();
        assertThat(add.outputSchema().at("/properties/names/type").asText()).isEqualTo("array");
    }

    @Test
    void hasOneDigestForTheSameOperations() {
        assertThat(new OperationCatalogue(List.of(new AddNames(false), operation)).digest())
                .isEqualTo(catalogue.digest());
        assertThat(new OperationCatalogue(List.of(operation)).digest()).isNotEqualTo(catalogue.digest());
    }

    @Test
    void refusesTwoOperationsForOneAction() {
        assertThatThrownBy(() -> new OperationCatalogue(List.of(operation, new AddNames(true))))
                .hasMessageContaining("fake_names add");
    }

    @Test
    void decodesWhatTheSchemaDescribes() {
        AddNames.Input input = decode("{'action':'add','names':['nginx'],'remote_target':'app1'}");

        assertThat(input.names()).singleElement().hasToString("nginx");
    }

    @Test
    void namesTheMissingProperty() {
        assertRefused("{'action':'add'}", Category.MISSING_PROPERTY, "names");
    }

    @Test
    void namesTheUnknownProperty() {
        assertRefused("{'action':'add','names':[],'nmaes':1}", Category.UNKNOWN_PROPERTY, "nmaes");
    }

    @Test
    void namesThePlaceOfAValueThatCouldBeReadAsAnOption() {
        assertRefused("{'action':'add','names':['ok','--force']}", Category.INVALID_ARGUMENT, "names/1");
    }

    @Test
    void coercesNothing() {
        assertRefused("{'action':'add','names':[7]}", Category.INVALID_ARGUMENT, "names/0");
        assertRefused("{'action':'add','names':'nginx'}", Category.INVALID_ARGUMENT, "names");
    }

    @Test
    void refusesTheArgumentsOfAnotherAction() {
        assertRefused("{'action':'append','names':['nginx']}", Category.INVALID_ARGUMENT, "action");
        assertRefused("{'names':['nginx']}", Category.INVALID_ARGUMENT, "action");
    }

    private void assertRefused(String arguments, Category category, String named) {
        assertThatThrownBy(() -> decode(arguments)).isInstanceOfSatisfying(InvalidArguments.class, refused -> {
            assertThat(refused.failure().category()).isEqualTo(category);
            assertThat(refused.failure().message()).contains(named);
        });
    }

    private AddNames.Input decode(String arguments) {
        return decoder.decode(operation.spec(), Json.parse(arguments.replace('\'', '"')));
    }
}
