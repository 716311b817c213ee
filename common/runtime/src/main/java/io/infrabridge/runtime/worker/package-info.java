/** The way of a command through a worker: consume, verify, authorise, claim, run, publish, commit. */
@NullMarked
package io.infrabridge.runtime.worker;

import org.jspecify.annotations.NullMarked;
