/** What an operation is: pure functions from arguments and probe outputs to plans of steps and typed output. */
@NullMarked
package io.infrabridge.runtime.operation;

import org.jspecify.annotations.NullMarked;
