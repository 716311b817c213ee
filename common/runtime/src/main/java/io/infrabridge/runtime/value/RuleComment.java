package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What is noted beside a rule of a firewall: words that single blanks separate, none of which begins with a hyphen, without
 * quotation marks and backslashes, which ufw(8) does not take.
 */
@Text(
        pattern = "^" + RuleComment.WORD + "( " + RuleComment.WORD + "){0,60}$",
        longest = 120,
        expected =
                "words without quotation marks and backslashes, separated by single blanks, none beginning with a hyphen",
        example = "web for the office")
public record RuleComment(@JsonValue String value) {
    static final String WORD =
            "[!#-&(-,.-\\[\\]-~" + Remark.BEYOND_ASCII + "][!#-&(-\\[\\]-~" + Remark.BEYOND_ASCII + "]*";

    @JsonCreator
    public RuleComment {
        Form.check(RuleComment.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
