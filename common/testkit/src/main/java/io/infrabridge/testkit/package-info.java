/** For tests only: a broker, a database, an SSH server, fakes and the architecture rules. */
@NullMarked
package io.infrabridge.testkit;

import org.jspecify.annotations.NullMarked;
