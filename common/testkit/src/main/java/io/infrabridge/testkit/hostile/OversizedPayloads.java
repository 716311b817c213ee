package io.infrabridge.testkit.hostile;

import java.util.List;

/** Texts around and far beyond the lengths that values may have, long words that would be valid among them. */
final class OversizedPayloads {
    private OversizedPayloads() {}

    static List<String> all() {
        return List.of(
                "a".repeat(64),
                "a".repeat(127),
                "a".repeat(128),
                "a".repeat(129),
                "a".repeat(200),
                "a".repeat(201),
                "a".repeat(253),
                "a".repeat(255),
                "a".repeat(256),
                "a".repeat(1_000),
                "a".repeat(4_096),
                "a".repeat(4_097),
                "a".repeat(65_536),
                "a".repeat(200_000),
                "-".repeat(10_000),
                " ".repeat(10_000),
                "\n".repeat(10_000),
                "\0".repeat(1_000),
                "../".repeat(2_000),
                "/a".repeat(500),
                "/a".repeat(2_048),
                "/a".repeat(2_049),
                "/a".repeat(20_000),
                "/" + "a".repeat(255),
                "/" + "a".repeat(256),
                "/" + "a".repeat(4_095),
                "h:/" + "a".repeat(4_000),
                "h:/" + "a".repeat(5_000),
                "a.".repeat(126) + "a",
                "a.".repeat(500),
                "a,".repeat(5_000),
                "a ".repeat(64).strip(),
                "a ".repeat(5_000),
                "$(".repeat(1_000),
                "'".repeat(5_000),
                "\\".repeat(5_000),
                "(a+)+".repeat(500),
                "a".repeat(30) + "!",
                "/" + "a".repeat(4_000) + "\n",
                "\ud83d\ude00".repeat(5_000),
                "\u0300".repeat(5_000),
                "{\"a\":".repeat(900),
                "[".repeat(5_000),
                "%s".repeat(2_000),
                "${".repeat(2_000));
    }
}
