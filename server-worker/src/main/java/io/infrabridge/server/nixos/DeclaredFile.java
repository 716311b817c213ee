package io.infrabridge.server.nixos;

import io.infrabridge.runtime.value.FileMode;
import io.infrabridge.runtime.value.InvalidValue;
import org.jspecify.annotations.Nullable;

/**
 * A file below {@code /etc} that belongs to root, copied there with each switch; see configuration.nix(5), {@code environment.etc}.
 *
 * @param text its whole content, which everybody may read in the store of nix
 */
public record DeclaredFile(String text, FileMode mode) {
    public DeclaredFile(@Nullable String text, @Nullable FileMode mode) {
        if (text == null || mode == null) {
            throw new InvalidValue("not a file: it has a text and a mode");
        }
        this.text = text;
        this.mode = mode;
    }
}
