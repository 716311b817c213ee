/** The whole system while its parts are killed, stopped and started again: nothing is lost and nothing happens twice. */
@NullMarked
package io.infrabridge.system.chaos;

import org.jspecify.annotations.NullMarked;
