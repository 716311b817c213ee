package io.infrabridge.server.provision;

/** A name of a template and what it stands for. */
record TemplateVariable(VariableName name, VariableValue value) {
    TemplateVariable {
        Given.present(name, "name");
        Given.present(value, "value");
    }
}
