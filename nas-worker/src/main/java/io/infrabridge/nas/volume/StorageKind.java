package io.infrabridge.nas.volume;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What keeps a volume. */
public enum StorageKind {
    @JsonProperty("zfs")
    ZFS,
    @JsonProperty("btrfs")
    BTRFS,
    @JsonProperty("lvm")
    LVM
}
