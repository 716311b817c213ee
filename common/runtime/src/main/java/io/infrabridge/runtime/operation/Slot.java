package io.infrabridge.runtime.operation;

import io.infrabridge.runtime.value.JournalCursor;
import io.infrabridge.runtime.value.JournalTime;
import io.infrabridge.runtime.value.Patterns;
import java.util.Arrays;

/**
 * What may stand at one place of a command that runs as root: for the worker as one argument, and for sudo, which joins
 * arguments by blanks, in a form that no second argument fits into.
 */
enum Slot {
    /** Without a directory of its own it is any absolute path. */
    PATH(Patterns.BELOW, Patterns.WORDS_BELOW),
    SOURCE("[a-zA-Z0-9\\[][a-zA-Z0-9.:-]*\\]?:/[!-~]*"),
    OPTIONS("((" + Patterns.MOUNT_OPTIONS + "),?)+"),
    PACKAGE("[a-zA-Z0-9][a-zA-Z0-9+._:~-]*(=[a-zA-Z0-9][a-zA-Z0-9.+:~^_-]*)?"),
    /** For dnf, which takes what ends in {@code .rpm} for a file: no part after a dot is that word. */
    RPM(rpm("{0,16}"), rpm("*")),
    UNIT("[a-zA-Z0-9][a-zA-Z0-9:_.@\\\\-]*"),
    SNAPSHOT("[a-zA-Z][a-zA-Z0-9_.:/+-]*@[a-zA-Z0-9][a-zA-Z0-9_.:-]*"),
    NUMBER("[1-9][0-9]{0,4}"),
    HOST("[a-zA-Z0-9][a-zA-Z0-9.-]*"),
    ZONE("[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9][A-Za-z0-9_+-]*){0,3}"),
    USER("[a-z_][a-z0-9_-]*"),
    GROUPS("[a-z_][a-z0-9_-]*(,[a-z_][a-z0-9_-]*){0,15}"),
    DATE("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    /** Below a folder of home directories: where one account's SSH keys are. */
    KEYS("[a-z_][a-z0-9_-]*/\\.ssh(/authorized_keys)?"),
    /** A moment, as {@link JournalTime} and {@link JournalCursor} write it for journalctl(1). */
    TIME("(@[0-9]{1,10}(\\.[0-9]{6})?|today|yesterday|tomorrow|[1-9][0-9]{0,4}(s|m|min|h|d|w) ago"
            + "|[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?( UTC)?)"),
    /** A level of syslog(3). */
    LEVEL("(emerg|alert|crit|err|warning|notice|info|debug)"),
    MODE("[0-7]{3,4}"),
    /** A user or group by name or number. */
    OWNER("([a-z_][a-z0-9_-]*|[0-9]{1,10})"),
    /** A kernel parameter and its value; for sudo no second parameter follows, because a value has no equals sign. */
    SETTING(Patterns.SYSCTL + "=" + Patterns.SYSCTL_VALUE),
    /** One of the words that it is given. */
    ONE(""),
    /** An address, a network or all of them. */
    ADDRESS("([0-9a-fA-F:][0-9a-fA-F:.]*(/[0-9]{1,3})?|any)"),
    /** A port or a range of ports, as ufw(8) and firewall-cmd(1) write them. */
    PORTS("[1-9][0-9]{0,4}([:-][1-9][0-9]{0,4})?"),
    /** For sudo several words, none of which begins with a hyphen. */
    TEXT("[^\\x00-][^\\x00]*", "[^ -][^ ]*( [^ -][^ ]*)*");

    private final String argument;
    private final String joined;

    Slot(String both) {
        this(both, both);
    }

    Slot(String argument, String joined) {
        this.argument = argument;
        this.joined = joined;
    }

    static Slot named(String name) {
        return Arrays.stream(values())
                .filter(slot -> slot.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no slot is called " + name));
    }

    String argument() {
        return argument;
    }

    String joined() {
        return joined;
    }

    private static String rpm(String times) {
        String any = "[a-zA-Z0-9+_:~^-]";
        String part = "([a-qs-zA-Z0-9+_:~^-]" + any + "*|r([a-oq-zA-Z0-9+_:~^-]" + any + "*)?|rp([a-ln-zA-Z0-9+_:~^-]"
                + any + "*)?|rpm" + any + "+)";
        return "[a-zA-Z0-9]" + any + "*(\\." + part + ")" + times;
    }
}
