/** The detectors by themselves. */
@NullMarked
package io.infrabridge.audit.anomaly;

import org.jspecify.annotations.NullMarked;
