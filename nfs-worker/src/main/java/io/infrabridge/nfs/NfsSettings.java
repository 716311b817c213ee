package io.infrabridge.nfs;

import io.infrabridge.runtime.operation.AllowedRoots;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** What this worker may touch on its hosts. */
@ConfigMapping(prefix = "infrabridge.nfs")
public interface NfsSettings {
    /** Below these, and nowhere else, shares may be mounted, unmounted and asked for their health. */
    @WithDefault("/mnt,/srv,/media,/data,/export,/home,/nfs")
    List<String> mountRoots();

    default AllowedRoots allowedRoots() {
        return AllowedRoots.of(mountRoots());
    }
}
