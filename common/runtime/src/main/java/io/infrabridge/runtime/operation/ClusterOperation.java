package io.infrabridge.runtime.operation;

/** An operation that sends requests to a cluster's API. */
public non-sealed interface ClusterOperation<I extends Record, O extends Record>
        extends Operation<I, ClusterFacts, O> {}
