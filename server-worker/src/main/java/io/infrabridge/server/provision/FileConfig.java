package io.infrabridge.server.provision;

import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.FileMode;
import io.infrabridge.runtime.value.GroupName;
import io.infrabridge.runtime.value.UserName;
import java.util.List;
import java.util.Optional;

/**
 * A file as it shall be.
 *
 * @param content the whole content; a template where there are variables
 * @param variables what stands for each {@code {{name}}} of the content
 * @param mode 0644 where absent
 * @param owner root where absent
 * @param group root where absent
 */
record FileConfig(
        AbsolutePath path,
        FileText content,
        Optional<List<TemplateVariable>> variables,
        Optional<FileMode> mode,
        Optional<UserName> owner,
        Optional<GroupName> group) {
    FileConfig {
        Given.present(path, "path");
        Given.present(content, "content");
        variables = Given.each(variables, "variables", TemplateVariable::name);
        variables.ifPresent(content::with);
    }

    FileText text() {
        return variables.map(content::with).orElse(content);
    }

    FileMode permissions() {
        return mode.orElse(new FileMode("0644"));
    }

    boolean readableByAll() {
        return (permissions().bits() & 0004) != 0;
    }

    String user() {
        return owner.map(UserName::value).orElse("root");
    }

    String groupName() {
        return group.map(GroupName::value).orElse("root");
    }
}
