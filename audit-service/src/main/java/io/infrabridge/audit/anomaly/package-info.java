/** What callers do that somebody should look at. */
@NullMarked
package io.infrabridge.audit.anomaly;

import org.jspecify.annotations.NullMarked;
