package io.infrabridge.server.nixos;

import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.server.Part;
import java.util.List;
import java.util.function.Function;

/**
 * One thing that a NixOS host shall have or be, told by those who know of it; they see their own looks and nothing else.
 *
 * @param looks steps that only look, or why nothing may even be looked at
 * @param further more of them, until there are none
 * @param declaration what is to be declared for it
 * @param deviations how the host differs from it; asked only where something has to be done
 */
public record DeclaredPart(
        Plan looks,
        Function<Probed, Plan> further,
        Function<Probed, Declaration> declaration,
        Function<Probed, List<Part.Deviation>> deviations) {}
