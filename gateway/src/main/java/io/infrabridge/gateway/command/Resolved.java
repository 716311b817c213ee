package io.infrabridge.gateway.command;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.OperationDescriptor;

/** A request that makes sense: this action of this domain on this target. */
record Resolved(Domain domain, OperationDescriptor action, String target) {}
