/** What a worker can do, told to the rest of the system. */
@NullMarked
package io.infrabridge.runtime.catalogue;

import org.jspecify.annotations.NullMarked;
