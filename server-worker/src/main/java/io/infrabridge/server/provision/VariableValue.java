package io.infrabridge.server.provision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.Text;
import java.util.regex.Pattern;

/** What a template gets in place of a name: one line, so that it cannot begin another one of the file. */
@Text(
        pattern = VariableValue.FORM,
        longest = 1000,
        expected = "one line of text without control characters",
        example = "app2")
record VariableValue(@JsonValue String value) {
    static final String FORM = "^[" + FileText.CHARACTERS + "]{0,1000}$";

    private static final Pattern ALLOWED = Pattern.compile(FORM);

    @JsonCreator
    VariableValue {
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidValue("expected one line of text of up to 1000 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
