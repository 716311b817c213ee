package io.infrabridge.runtime.operation;

/**
 * What is known of a cluster before anything is asked of it.
 *
 * @param name its name in the inventory
 * @param namespace the namespace of its context, for requests that name none
 */
public record ClusterFacts(String name, String endpoint, String namespace) {}
