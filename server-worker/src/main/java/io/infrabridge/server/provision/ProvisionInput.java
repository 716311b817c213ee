package io.infrabridge.server.provision;

/** The arguments of both actions. */
record ProvisionInput(ServerProvisionConfig config) {}
