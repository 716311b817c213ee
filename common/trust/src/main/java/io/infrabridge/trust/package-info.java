/** What everybody in the system has to agree on before anything runs; configuration files are read here. */
@NullMarked
package io.infrabridge.trust;

import org.jspecify.annotations.NullMarked;
