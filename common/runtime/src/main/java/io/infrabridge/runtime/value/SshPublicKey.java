package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A public key as a line of an authorized_keys file has it, without options; see sshd(8). DSA keys are refused, as sshd does. */
@Text(
        pattern =
                "^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\\.com"
                        + "|sk-ecdsa-sha2-nistp256@openssh\\.com) AAAA[A-Za-z0-9+/]{64,2800}={0,2}( [A-Za-z0-9@._:+=,-]{1,100}){0,4}$",
        longest = 3000,
        expected = "an OpenSSH public key on one line: its type, the key in base64, and a comment or none",
        example = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCP2/j+2eF2jvDtHKnUq+YA9sV2i3hZzqewKA7hdJiI deploy@example.com")
public record SshPublicKey(@JsonValue String value) {
    @JsonCreator
    public SshPublicKey {
        Form.check(SshPublicKey.class, value);
    }

    /** Type and key without the comment: what makes two of them the same. */
    public String key() {
        String[] parts = value.split(" ");
        return parts[0] + " " + parts[1];
    }

    @Override
    public String toString() {
        return value;
    }
}
