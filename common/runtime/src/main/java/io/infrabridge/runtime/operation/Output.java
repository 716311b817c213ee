package io.infrabridge.runtime.operation;

import java.util.List;

/**
 * What one step answered.
 *
 * @param status exit status of the program, or status code of the API's answer
 * @param text standard output, or the answer's body
 * @param error standard error
 * @param truncated whether the text was longer than the limit and its end is missing
 */
public record Output(int status, String text, String error, boolean truncated) {
    /** The status of a program that is not installed, as execvp-style callers report it. */
    public static final int NOT_FOUND = 127;

    public static Output of(String text) {
        return new Output(0, text, "", false);
    }

    public static Output failed(int status, String error) {
        return new Output(status, "", error, false);
    }

    public boolean succeeded() {
        return status == 0;
    }

    public boolean missing() {
        return status == NOT_FOUND;
    }

    /** The lines of the text without blank ones. */
    public List<String> lines() {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
