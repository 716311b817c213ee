package io.infrabridge.runtime.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both readings of one shape: the worker's, argument by argument, and sudo's, of all arguments joined by blanks. */
class RootCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "exportfs -v; -v",
                "umount -- <path:/mnt|/srv>; -- /mnt/a/.b/...",
                "mount -t nfs -o <options> -- <source> <path:/mnt>; -t nfs -o vers=4.2,ro,timeo=600,clientaddr=fd00::1 -- [fd00::1]:/x /mnt/a",
                "apt-get install -- <package>...; -- nginx libc6:amd64=2.36-9+deb12u1 g++",
                "dnf install -- <rpm>...; -- nginx java-1.8.0-openjdk-1:1.8.0.412~rc^1-2.el9.x86_64 a.rpmx b.r c.rp rpm",
                "systemctl stop -- <unit>; -- getty@tty1.service",
                "zfs snapshot -o infrabridge:retention_days=<number> -- <snapshot>; snapshot -o infrabridge:retention_days=30 -- tank/a@b",
                "hostnamectl set-hostname --static -- <host>; set-hostname --static -- app1.example.com",
                "timedatectl set-timezone -- <zone>; set-timezone -- America/Argentina/Buenos_Aires",
                "usermod --expiredate <date> -- <user>; --expiredate 2027-01-31 -- web-1",
                "useradd --groups <groups> -- <user>; --groups adm,systemd-journal -- web-1",
                "install -o <user> -T -- /dev/stdin /home/<keys>; -o web-1 -T -- /dev/stdin /home/web-1/.ssh/authorized_keys",
                "journalctl --unit <unit> --since <time> --lines <number>; --unit a.service --since @0 --lines 100",
                "journalctl --priority <level> --until <time>; --priority err --until @1769850000.000001",
                "install -m <mode> -o <owner> -T -- /dev/stdin <path:/etc>; -m 0644 -o 1000 -T -- /dev/stdin /etc/motd",
                "sysctl -q -w -- <setting>; -q -w -- vm.swappiness=10",
                "ufw delete <one:allow|deny> in proto <one:tcp|udp|any> from <one:any> to any port <ports>; delete allow in proto tcp from any to any port 8000:8100",
                "ufw <one:allow|deny> out proto <one:tcp|udp> from <address> to any comment <text>; deny out proto udp from 2001:db8::/32 to any comment mail",
                "firewall-cmd --zone=<unit> --<one:add|remove>-port=<ports>/<one:tcp|udp>; --zone=public --add-port=8000-8100/tcp",
                "find /p/.s -printf %P\\t%l\\n; /p/.s -printf %P\\t%l\\n"
            })
    void permitsWhatItIsMadeFor(String template, String arguments) throws Exception {
        String own = template.matches("(zfs|apt-get|dnf|[a-z]+ctl) .*") ? template.split(" ")[1] + " " : "";
        String whole = arguments.startsWith(own) ? arguments : own + arguments;
        assertThat(worker(template, whole.split(" "))).isTrue();
        assertThat(sudo(template, whole)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "umount -- <path:/mnt|/srv>; -- /mnt/../etc",
                "umount -- <path:/mnt|/srv>; -- /mnt/a/..",
                "umount -- <path:/mnt|/srv>; -- /mnt",
                "umount -- <path:/mnt|/srv>; -- /mntx/a",
                "umount -- <path:/mnt|/srv>; -- /mnt/a -f",
                "umount -- <path:/mnt|/srv>; -f -- /mnt/a",
                "umount -- <path:/m.t>; -- /mnt/a",
                "mount -t nfs -o <options> -- <source> <path:/mnt>; -t nfs -o ro,bind -- a:/x /mnt/a",
                "mount -t nfs -o <options> -- <source> <path:/mnt>; -t nfs -o ro -- -x:/x /mnt/a",
                "mount -t nfs -o <options> -- <source> <path:/mnt>; -t nfs -o ro -o loop -- a:/x /mnt/a",
                "apt-get install -- <package>...; install -- -o",
                "apt-get install -- <package>...; install -- ./evil.deb",
                "apt-get install -- <package>...; install --",
                "dnf install -- <rpm>...; install -- evil.rpm",
                "dnf install -- <rpm>...; install -- nginx evil.el9.rpm",
                "dnf install -- <rpm>...; install -- @core",
                "dnf install -- <rpm>...; install -- /root/evil",
                "dnf install -- <rpm>...; install -- nginx*",
                "systemctl stop -- <unit>; stop -- *",
                "systemctl stop -- <unit>; stop -- a b",
                "zfs destroy -- <snapshot>; destroy -- tank/a",
                "zfs destroy -- <snapshot>; destroy -r -- tank/a@b",
                "ufw <one:allow|deny> in; limit in",
                "ufw <one:allow|deny> in; allow|deny in",
                "ufw <one:a.b> in; axb in",
                "ufw allow from <address>; allow from 10.0.0.0/8/8",
                "ufw allow from <address>; allow from -h",
                "ufw allow to any port <ports>; allow to any port 0",
                "ufw allow to any port <ports>; allow to any port 22,80",
                "ufw allow comment <text>; allow comment -x",
                "firewall-cmd --add-port=<ports>/<one:tcp|udp>; --add-port=22/sctp",
                "firewall-cmd --add-port=<ports>/<one:tcp|udp>; --add-port=22/tcp --reload",
                "exportfs -v; -a",
                "exportfs -v; -v -a",
                "journalctl --since <time>; --since -1h",
                "journalctl --since <time>; --since 1h --follow",
                "journalctl --since <time> --lines <number>; --since today --file=/x --lines 1",
                "journalctl --priority <level>; --priority err..debug",
                "ln -s -- <text> <path:/p/.s>; -s -- x /etc/a",
                "hostnamectl set-hostname --static -- <host>; set-hostname --static -- -H",
                "hostnamectl set-hostname --static -- <host>; set-hostname --static -- a b",
                "timedatectl set-timezone -- <zone>; set-timezone -- ../UTC",
                "timedatectl set-timezone -- <zone>; set-timezone -- Europe/../UTC",
                "usermod --expiredate <date> -- <user>; --expiredate 1 -- web-1",
                "usermod --expiredate <date> -- <user>; --expiredate 2027-01-31 -- web-1 root",
                "useradd --groups <groups> -- <user>; --groups adm,-o -- web-1",
                "useradd --groups <groups> -- <user>; --groups adm, -- web-1",
                "cat -- /home/<keys>; -- /home/web-1/.ssh/id_ed25519",
                "cat -- /home/<keys>; -- /home/../root/.ssh/authorized_keys",
                "cat -- /home/<keys>; -- /home/a/b/.ssh/authorized_keys",
                "install -m <mode> -o <owner> -T -- /dev/stdin <path:/etc>; -m u+s -o root -T -- /dev/stdin /etc/motd",
                "install -m <mode> -o <owner> -T -- /dev/stdin <path:/etc>; -m 0644 -o -r -T -- /dev/stdin /etc/motd",
                "install -m <mode> -o <owner> -T -- /dev/stdin <path:/etc>; -m 0644 -o a -T -- /etc/shadow /etc/motd",
                "sysctl -q -w -- <setting>; -q -w -- kernel.core_pattern=x",
                "sysctl -q -w -- <setting>; -q -w -- vm.swappiness=1 kernel.core_pattern=x",
                "sysctl -q -w -- <setting>; -q -w -- vm.swappiness=-1",
                "ln -s -- <text> <path:/p/.s>; -s -- -t /p/.s/a"
            })
    void permitsNothingElse(String template, String arguments) throws Exception {
        assertThat(worker(template, arguments.split(" "))).isFalse();
        assertThat(sudo(template, arguments)).isFalse();
    }

    @Test
    void takesBlanksForTheWorkerAndForSudoOnlyInText() throws Exception {
        assertThat(worker("umount -- <path:/mnt>", "--", "/mnt/a b")).isTrue();
        assertThat(sudo("umount -- <path:/mnt>", "-- /mnt/a b")).isFalse();
        assertThat(worker("journalctl --since <time>", "--since", "2026-01-31 10:00:00 UTC"))
                .isTrue();
        assertThat(worker("journalctl --since <time>", "--since", "1h", "ago")).isFalse();
        assertThat(sudo("journalctl --since <time>", "--since 2026-01-31 10:00:00 UTC"))
                .isTrue();
        assertThat(worker("sysctl -q -w -- <setting>", "-q", "-w", "--", "net.ipv4.tcp_rmem=4096 131072 33554432"))
                .isTrue();
        assertThat(sudo("sysctl -q -w -- <setting>", "-q -w -- net.ipv4.tcp_rmem=4096 131072 33554432"))
                .isTrue();
        assertThat(worker("ln -s -- <text> <path:/p>", "-s", "--", "before the upgrade", "/p/a"))
                .isTrue();
        assertThat(worker("ln -s -- <text> <path:/p>", "-s", "--", "before", "the", "/p/a"))
                .isFalse();
        assertThat(sudo("ln -s -- <text> <path:/p>", "-s -- before the upgrade /p/a"))
                .isTrue();
        assertThat(sudo("ln -s -- <text> <path:/p>", "-s -- before -the /p/a")).isFalse();
    }

    @Test
    void repeatsItsLastWordButNotWithoutEnd() {
        List<String> argv = new ArrayList<>(List.of("apt-get", "install", "--"));
        argv.addAll(Collections.nCopies(250, "nginx:amd64=1.22.1-9+deb12u2"));
        assertThat(RootCommand.of("apt-get install -- <package>...").permits(argv))
                .isTrue();
        argv.add("one-more");
        assertThat(RootCommand.of("apt-get install -- <package>...").permits(argv))
                .isFalse();
    }

    @Test
    void keepsABlankThatBelongsToAnArgument() throws Exception {
        String template =
                "firewall-cmd --add-rich-rule=rule\\ port\\ port=<ports>\\ protocol=<one:tcp|udp>\\ <one:accept|drop>";
        String rule = "--add-rich-rule=rule port port=22 protocol=tcp drop";
        assertThat(worker(template, rule)).isTrue();
        assertThat(worker(template, rule.split(" "))).isFalse();
        assertThat(worker(template, rule + " log")).isFalse();
        assertThat(sudo(template, rule)).isTrue();
        assertThat(sudo(template, rule + " log")).isFalse();
    }

    @Test
    void isNoOtherProgram() {
        assertThat(RootCommand.of("exportfs -v").permits(List.of("mount", "-v")))
                .isFalse();
        assertThat(RootCommand.of("exportfs -v").program()).isEqualTo("exportfs");
        assertThat(RootCommand.of("sync").sudoersArguments()).isEqualTo("\"\"");
        assertThat(RootCommand.of("sync").permits(List.of("sync"))).isTrue();
        assertThat(RootCommand.of("sync").permits(List.of("sync", ""))).isFalse();
    }

    @Test
    void isTheSameAsAnotherOfItsShape() {
        assertThat(RootCommand.of("exportfs -v"))
                .isEqualTo(RootCommand.of("exportfs -v"))
                .hasSameHashCodeAs(RootCommand.of("exportfs -v"))
                .hasToString("exportfs -v")
                .isNotEqualTo(RootCommand.of("exportfs -a"))
                .isNotEqualTo("exportfs -v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "umount <nowhere>",
                "umount <path",
                "umount path>",
                "umount <path:/a b>",
                "umount <path>x",
                "ufw <one>",
                "umount <path>...x"
            })
    void isNotMadeFromGarbage(String template) {
        assertThatThrownBy(() -> RootCommand.of(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isDeclaredOnlyForADeclaredProgram() {
        assertThatThrownBy(() -> Declared.asRoot("mount", "umount -- <path>"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean worker(String template, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(template.split(" ")[0]));
        argv.addAll(List.of(arguments));
        return RootCommand.of(template).permits(argv);
    }

    /** By an implementation of POSIX expressions, in which a bracket means other things than in Java. */
    private static boolean sudo(String template, String arguments) throws IOException, InterruptedException {
        ProcessBuilder grep =
                new ProcessBuilder("grep", "-E", "-e", RootCommand.of(template).sudoersArguments());
        grep.environment().put("LC_ALL", "C");
        Process process = grep.start();
        try (OutputStream input = process.getOutputStream()) {
            input.write((arguments + "\n").getBytes(StandardCharsets.UTF_8));
        }
        int status = process.waitFor();
        assertThat(status).as("an expression that grep understands").isLessThan(2);
        return status == 0;
    }
}
