package io.infrabridge.runtime.operation;

/** An operation that runs programs on a host, local or over SSH. */
public non-sealed interface HostOperation<I extends Record, O extends Record> extends Operation<I, HostFacts, O> {}
