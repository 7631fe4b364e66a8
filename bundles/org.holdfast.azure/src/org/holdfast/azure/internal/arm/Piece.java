package org.holdfast.azure.internal.arm;

import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.PlanStep;

/** A piece of a vault's place. */
interface Piece {
    /** What there is of it, and what would be done. */
    PlanStep look();

    /** Makes it, or brings it into line; only when {@link #look()} says that there is something to do. */
    void make(AzureWatch watch);
}
