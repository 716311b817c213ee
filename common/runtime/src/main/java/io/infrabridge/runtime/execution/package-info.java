/** The one door to targets, and the interpreter of plans. */
@NullMarked
package io.infrabridge.runtime.execution;

import org.jspecify.annotations.NullMarked;
