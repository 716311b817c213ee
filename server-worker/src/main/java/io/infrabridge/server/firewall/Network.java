package io.infrabridge.server.firewall;

import io.infrabridge.runtime.value.Cidr;
import io.infrabridge.runtime.value.InvalidValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A network or one address, as a number, so that two spellings of it are one; see RFC 4632 and, for the shortest form of an IPv6
 * address, RFC 5952.
 *
 * @param bits the address, without what lies beyond the prefix
 */
record Network(boolean ipv6, BigInteger bits, int prefix) {
    private static final int GROUPS = 8;
    private static final String MAPPED = "::ffff:";

    Network {
        int beyond = width(ipv6) - prefix;
        bits = bits.shiftRight(beyond).shiftLeft(beyond);
    }

    static Network of(Cidr cidr) {
        String[] parts = cidr.value().split("/", 2);
        boolean ipv6 = parts[0].indexOf(':') >= 0;
        int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : width(ipv6);
        return new Network(ipv6, ipv6 ? ipv6(parts[0]) : ipv4(parts[0]), prefix);
    }

    /** What a host says, which may have a zone or be an IPv4 address inside an IPv6 one. */
    static Optional<Network> seen(String text) {
        String plain = text.split("%", 2)[0];
        String address = plain.startsWith(MAPPED) && plain.indexOf('.') > 0 ? plain.substring(MAPPED.length()) : plain;
        try {
            return Optional.of(of(new Cidr(address)));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    boolean contains(Network other) {
        int beyond = width(ipv6) - prefix;
        return ipv6 == other.ipv6
                && prefix <= other.prefix
                && bits.shiftRight(beyond).equals(other.bits.shiftRight(beyond));
    }

    String text() {
        return (ipv6 ? ipv6Text() : ipv4Text()) + (prefix == width(ipv6) ? "" : "/" + prefix);
    }

    private static int width(boolean ipv6) {
        return ipv6 ? 128 : 32;
    }

    private static BigInteger ipv4(String text) {
        BigInteger all = BigInteger.ZERO;
        for (String part : text.split("\\.")) {
            all = all.shiftLeft(8).or(new BigInteger(part));
        }
        return all;
    }

    private static BigInteger ipv6(String text) {
        int gap = text.indexOf("::");
        List<String> front = groups(gap < 0 ? text : text.substring(0, gap));
        List<String> back = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        List<String> all = new ArrayList<>(front);
        for (int i = front.size() + back.size(); i < GROUPS; i++) {
            all.add("0");
        }
        all.addAll(back);
        BigInteger bits = BigInteger.ZERO;
        for (String group : all) {
            bits = bits.shiftLeft(16).or(new BigInteger(group, 16));
        }
        return bits;
    }

    private static List<String> groups(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(":"));
    }

    private String ipv4Text() {
        long all = bits.longValue();
        return (all >> 24) + "." + (all >> 16 & 255) + "." + (all >> 8 & 255) + "." + (all & 255);
    }

    private String ipv6Text() {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = bits.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
        }
        int start = 0;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = 0;
            while (i + zeros < GROUPS && groups[i + zeros] == 0) {
                zeros++;
            }
            if (zeros > longest) {
                start = i;
                longest = zeros;
            }
        }
        if (longest == 1) {
            return joined(groups, 0, GROUPS);
        }
        return joined(groups, 0, start) + "::" + joined(groups, start + longest, GROUPS);
    }

    private static String joined(int[] groups, int from, int to) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add(Integer.toHexString(groups[i]));
        }
        return String.join(":", texts);
    }
}
