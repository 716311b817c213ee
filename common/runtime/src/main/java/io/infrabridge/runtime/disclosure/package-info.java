/** What of a host's words is told to others: readable text, without secrets, and not too much of it. */
@NullMarked
package io.infrabridge.runtime.disclosure;

import org.jspecify.annotations.NullMarked;
