package org.holdfast.api.fleet;

/** How many copies of a vault's data there are. */
public enum Redundancy {
    /** One store. */
    LOCAL,
    /** A second store elsewhere, fed with a visible lag. */
    GEO
}
