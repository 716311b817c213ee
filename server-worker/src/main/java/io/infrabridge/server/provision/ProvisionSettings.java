package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.AllowedRoots;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** What this worker may write on its hosts. */
@ConfigMapping(prefix = "infrabridge.server")
public interface ProvisionSettings {
    /** Below these, and nowhere else, files may be written; what guards a host stays out of reach there too. */
    @WithDefault("/etc,/opt,/srv,/usr/local,/var/lib,/home")
    List<String> fileRoots();

    default AllowedRoots allowedRoots() {
        return AllowedRoots.of(fileRoots());
    }
}
