/** Kubernetes clusters: how their API is reached, and one class an operation. */
@NullMarked
package io.infrabridge.cluster.kubernetes;

import org.jspecify.annotations.NullMarked;
