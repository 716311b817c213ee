package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An IPv4 or IPv6 network or address, with or without the length of its prefix; see RFC 4632 and RFC 4291. */
@Text(
        pattern = "^(" + Patterns.IPV4 + "(/([12]?[0-9]|3[0-2]))?|" + Patterns.IPV6
                + "(/([1-9]?[0-9]|1[01][0-9]|12[0-8]))?)$",
        longest = 43,
        expected = "a network such as 10.0.0.0/24 or 2001:db8::/32, or one address",
        example = "10.0.0.0/24")
public record Cidr(@JsonValue String value) {
    @JsonCreator
    public Cidr {
        Form.check(Cidr.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
