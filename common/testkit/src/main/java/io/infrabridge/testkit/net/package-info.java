/** Networks and processes that go away when a test wants it. */
@NullMarked
package io.infrabridge.testkit.net;

import org.jspecify.annotations.NullMarked;
