package io.infrabridge.runtime.operation;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The directories that an administrator lets callers name paths in; a root itself is not among the paths. */
public record AllowedRoots(List<AbsolutePath> roots) {
    public AllowedRoots {
        roots = List.copyOf(roots);
    }

    public static AllowedRoots of(List<String> directories) {
        return new AllowedRoots(directories.stream().map(AbsolutePath::new).toList());
    }

    /** The place of such a path in a {@link RootCommand}. */
    public String slot() {
        return slot(roots, "");
    }

    /** The place of a path below one of these directories, or below what each of them has under this name. */
    public static String slot(List<AbsolutePath> roots, String below) {
        return roots.stream().map(root -> root.value() + below).collect(Collectors.joining("|", "<path:", ">"));
    }

    /** Why a path may not be worked on, where it may not; to be asked before anything is looked at. */
    public Optional<Plan> refusal(AbsolutePath path) {
        boolean inside = roots.stream().anyMatch(root -> path.within(root) && !path.equals(root));
        return inside
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.INVALID_ARGUMENT,
                        path + " is not in a directory where this is allowed.",
                        "Choose a path below "
                                + roots.stream().map(AbsolutePath::value).collect(Collectors.joining(", "))
                                + ", or have an administrator allow another."));
    }
}
