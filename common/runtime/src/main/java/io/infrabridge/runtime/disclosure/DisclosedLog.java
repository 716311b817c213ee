package io.infrabridge.runtime.disclosure;

import io.quarkus.logging.LoggingFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/** Lets every line of the log through, without the secrets in it and as one that steers no terminal. */
@LoggingFilter(name = "disclosure")
public final class DisclosedLog implements Filter {
    @Override
    public boolean isLoggable(LogRecord record) {
        String said = Objects.requireNonNullElse(
                record instanceof ExtLogRecord extended ? extended.getFormattedMessage() : record.getMessage(), "");
        String thrown = trace(record.getThrown());
        String told = Disclosure.usual().text(said);
        String toldOfThrown = Disclosure.usual().text(thrown);
        if (!told.equals(said) || !toldOfThrown.equals(thrown)) {
            String whole = toldOfThrown.isEmpty() ? told : told + "\n" + toldOfThrown;
            if (record instanceof ExtLogRecord extended) {
                extended.setMessage(whole, ExtLogRecord.FormatStyle.NO_FORMAT);
            } else {
                record.setMessage(whole);
            }
            record.setParameters(null);
            record.setThrown(null);
        }
        return true;
    }

    private static String trace(@org.jspecify.annotations.Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
