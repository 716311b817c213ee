package io.infrabridge.server.provision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.Text;
import java.util.regex.Pattern;

/** What stands between the braces of a template. */
@Text(
        pattern = VariableName.FORM,
        longest = 64,
        expected = "a name of letters, digits and _, beginning with a letter",
        example = "name")
record VariableName(@JsonValue String value) {
    static final String FORM = "^[a-zA-Z][a-zA-Z0-9_]{0,63}$";

    private static final Pattern ALLOWED = Pattern.compile(FORM);

    @JsonCreator
    VariableName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new InvalidValue("expected a name of letters, digits and _, such as name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
