package io.infrabridge.contract;

/** What an operation is run against. */
public enum TargetKind {
    HOST,
    KUBERNETES,
    DOCKER_SWARM
}
