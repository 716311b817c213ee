package io.infrabridge.runtime.value;

/**
 * Parts of the patterns of this package. All are ASCII, read alike by ECMA-262 and Java, and by POSIX as extended regular
 * expressions, because a sudoers file says them again. Groups repeat a bounded number of times: Java keeps each turn on its
 * stack, whoever sends the text.
 */
public final class Patterns {
    /** One part of a path: printable, and neither {@code .} nor {@code ..}. */
    static final String PART = "(\\.?[ -,0-~-][ -.0-~]*|\\.\\.[ -.0-~]+)";

    /** The same without blanks, for what stands in lists that blanks separate. */
    static final String WORD_PART = "(\\.?[!-,0-~-][!-.0-~]*|\\.\\.[!-.0-~]+)";

    /** One or more parts below a directory. */
    public static final String BELOW = "(/" + PART + "){1,64}/?";

    /** The same without blanks. */
    public static final String WORDS_BELOW = "(/" + WORD_PART + "){1,64}/?";

    /** Mount options by name, their values only roughly: sudo takes expressions of at most 1024 characters. */
    public static final String MOUNT_OPTIONS = MountOption.FLAGS
            + "|(vers|timeo|retrans|retry|ac(reg|dir)(min|max)|actimeo|nconnect|max_connect|[rw]size|namlen|(mount)?port"
            + "|mountvers)=[0-9.]+|(sec|(mount)?proto|lookupcache|local_lock|xprtsec)=[a-z0-9]+"
            + "|(clientaddr|mounthost)=[a-zA-Z0-9.:-]+";

    static final String DECIMAL_BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /** A dotted quad; leading zeros, which some programs take for octal digits, are none. */
    static final String IPV4 = DECIMAL_BYTE + "(\\." + DECIMAL_BYTE + "){3}";

    private static final String GROUP = "[0-9a-fA-F]{1,4}";

    /** RFC 4291, section 2.2, without the form that embeds a dotted quad and without zones. */
    static final String IPV6 = "((" + GROUP + ":){7}" + GROUP
            + "|(" + GROUP + ":){1,7}:"
            + "|(" + GROUP + ":){1,6}:" + GROUP
            + "|(" + GROUP + ":){1,5}(:" + GROUP + "){1,2}"
            + "|(" + GROUP + ":){1,4}(:" + GROUP + "){1,3}"
            + "|(" + GROUP + ":){1,3}(:" + GROUP + "){1,4}"
            + "|(" + GROUP + ":){1,2}(:" + GROUP + "){1,5}"
            + "|" + GROUP + ":(:" + GROUP + "){1,6}"
            + "|:(:" + GROUP + "){1,7}"
            + "|::)";

    private static final String INNER = "([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

    /**
     * RFC 1123, section 2.1. The last label begins with a letter: {@code 2130706433} and {@code 0x7f000001} would be addresses
     * to a resolver.
     */
    static final String NAME = "([a-zA-Z0-9]" + INNER + "\\.){0,31}[a-zA-Z]" + INNER;

    static final String HOST = "(" + NAME + "|" + IPV4 + ")";

    /** Of a user or a group, as useradd(8) recommends it. */
    static final String ACCOUNT = "[a-z_][a-z0-9_-]{0,31}";

    /** RFC 1123 in lower case, as Kubernetes wants it. */
    static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    static final String SUBDOMAIN = LABEL + "(\\." + LABEL + "){0,31}";

    static final String PORT = "([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    /** A kernel parameter without anything that starts programs, weakens protection or stays until the next boot. */
    public static final String SYSCTL = "(net(\\.[a-z0-9_-]+){2,6}"
            + "|vm\\.(dirty_[a-z_]+|max_map_count|min_free_kbytes|nr_hugepages|overcommit_[a-z_]+|swappiness|vfs_cache_pressure"
            + "|watermark_[a-z_]+|zone_reclaim_mode)"
            + "|fs\\.(aio-max-nr|file-max|inotify\\.[a-z_]+|mqueue\\.[a-z_]+|nr_open|pipe-max-size)"
            + "|kernel\\.(hung_task_[a-z_]+|keys\\.max(keys|bytes)|msgm(ax|nb|ni)|numa_balancing|panic|panic_on_oops|pid_max"
            + "|printk|sched_[a-z_]+|sem|shm(all|max|mni)|threads-max))";

    public static final String SYSCTL_VALUE = "[a-zA-Z0-9][a-zA-Z0-9.:,_-]*( [a-zA-Z0-9][a-zA-Z0-9.:,_-]*){0,7}";

    private Patterns() {}
}
