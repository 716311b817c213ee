package io.infrabridge.nas;

import io.infrabridge.runtime.value.AbsolutePath;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** What this worker has to be told about its hosts. */
@ConfigMapping(prefix = "infrabridge.nas")
public interface NasSettings {
    /** Where btrfs pools are mounted; other btrfs file systems of a host are left alone. */
    @WithDefault("/srv/pool")
    List<String> btrfsPools();

    default List<AbsolutePath> btrfsPoolPaths() {
        return btrfsPools().stream().map(AbsolutePath::new).toList();
    }
}
