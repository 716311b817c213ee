/** What somebody with bad intentions would send, and how to tell that nothing of it was executed. */
@NullMarked
package io.infrabridge.testkit.hostile;

import org.jspecify.annotations.NullMarked;
