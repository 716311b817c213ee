package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One line of free text for people, in any script of the basic multilingual plane; nothing in it is invisible or turns the
 * direction of what follows.
 */
@Text(
        pattern = "^[!-,.-~" + Remark.BEYOND_ASCII + "][ -~" + Remark.BEYOND_ASCII + "]*$",
        longest = 200,
        expected = "one line of text that does not begin with a hyphen or a blank",
        example = "before the upgrade to 2.0")
public record Remark(@JsonValue String value) {
    /** Without controls, formats, blanks of other widths, characters that show nothing, private ones and surrogates. */
    static final String BEYOND_ASCII = "\\u00a1-\\u00ac\\u00ae-\\u034e\\u0350-\\u05ff\\u0606-\\u061b\\u061d-\\u06dc"
            + "\\u06de-\\u070e\\u0710-\\u088f\\u0892-\\u08e1\\u08e3-\\u115e\\u1161-\\u167f\\u1681-\\u17b3"
            + "\\u17b6-\\u180a\\u1810-\\u1fff\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\u27ff\\u2801-\\u2fff"
            + "\\u3001-\\u3163\\u3165-\\ud7ff\\uf900-\\ufdff\\ufe10-\\ufefe\\uff01-\\uff9f\\uffa1-\\uffef";

    @JsonCreator
    public Remark {
        Form.check(Remark.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
