/** What may be run once people have agreed to it: counting decisions and naming plans; pure. */
@NullMarked
package io.infrabridge.runtime.worker.approval;

import org.jspecify.annotations.NullMarked;
