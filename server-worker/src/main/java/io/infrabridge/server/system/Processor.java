package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.Output;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lscpu(1), whose words differ between architectures. */
final class Processor {
    private static final Pattern MODEL = Pattern.compile("(?m)^ {0,8}Model name: {1,60}(\\S[^\\n]{0,199})$");

    private Processor() {}

    /** Absent where the kernel or the program does not know it. */
    static Optional<String> model(Output lscpu) {
        Matcher model = MODEL.matcher(lscpu.text());
        return model.find() ? Optional.of(model.group(1).strip()).filter(name -> !name.equals("-")) : Optional.empty();
    }
}
