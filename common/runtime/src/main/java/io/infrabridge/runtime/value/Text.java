package io.infrabridge.runtime.value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The form of a value that is written as one text: the record checks it and the JSON Schema states it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Text {
    /** The whole text must match; ECMA-262 and Java read it alike. */
    String pattern();

    int longest() default 255;

    /** What is expected, for a person. */
    String expected();

    String example();
}
