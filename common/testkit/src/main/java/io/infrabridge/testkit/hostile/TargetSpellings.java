package io.infrabridge.testkit.hostile;

import java.util.List;

/**
 * Ways to write a host that is in the inventory as {@code app1}, {@code app1.example.com} and {@code 198.51.100.1}, or this
 * machine, so that a resolver, a URL parser or an SSH client would understand it and a list of names should not.
 */
public final class TargetSpellings {
    public static final List<String> NOT_LISTED = List.of(
            // nothing, blanks, controls
            "",
            " ",
            " app1",
            "app1 ",
            "app1\t",
            "app1\n",
            "app1\u0000",
            "app1\u0000.evil.example",
            "app 1",
            // case and dots
            "APP1",
            "App1.Example.Com",
            "app1.",
            "app1.example.com.",
            ".app1",
            "app1..example.com",
            // a user, a port, a path, a scheme
            "root@app1",
            "root:x@app1",
            "@app1",
            "app1:22",
            "app1/",
            "app1/../bastion",
            "app1?x",
            "app1#x",
            "ssh://app1",
            "ssh://root@app1:22",
            "http://198.51.100.1/",
            "//app1",
            "file:///etc/passwd",
            // other names that would resolve to it
            "app1.internal.example.com",
            "app1.example.com.evil.example",
            "198.51.100.1.nip.io",
            "evil.example",
            // the address in other words
            "198.51.100.01",
            "198.051.100.1",
            "0306.063.0144.01",
            "0xc6336401",
            "0xc6.0x33.0x64.0x1",
            "3325256705",
            "198.51.25601",
            "198.3367937",
            "198.51.100.1%eth0",
            "[198.51.100.1]",
            "::ffff:198.51.100.1",
            "::ffff:c633:6401",
            "[::ffff:198.51.100.1]",
            "64:ff9b::c633:6401",
            "2002:c633:6401::",
            "198.51.100.1/32",
            // this machine
            "LOCALHOST",
            "localhost.",
            "localhost.localdomain",
            "localhost:8080",
            "ip6-localhost",
            "root@localhost",
            "127.1",
            "127.0.1",
            "127.0.0.2",
            "127.0.0.1.",
            "127.000.000.001",
            "0177.0.0.1",
            "0x7f000001",
            "0x7f.1",
            "2130706433",
            "017700000001",
            "0",
            "0.0.0.0",
            "::",
            "::1",
            "[::1]",
            "0:0:0:0:0:0:0:1",
            "::ffff:127.0.0.1",
            // characters that look alike or show nothing
            "\u0430pp1",
            "app\uff11",
            "app\u2460",
            "app1\u200b",
            "\u202eapp1",
            "app1\u3002example\u3002com",
            "xn--pp1-7cd",
            "loc\u0430lhost",
            "\u24dbocalhost",
            "127\u30020\u30020\u30021",
            // options of an SSH client, patterns, lists
            "-oProxyCommand=touch /tmp/x",
            "--",
            "*",
            "app?",
            "app1,bastion",
            "app1;id",
            "$(hostname)",
            "app1 -J bastion",
            "bastion,app1",
            "app1%00",
            "%61pp1");

    private TargetSpellings() {}
}
