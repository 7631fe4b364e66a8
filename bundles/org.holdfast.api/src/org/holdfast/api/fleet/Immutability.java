package org.holdfast.api.fleet;

/** Whether recovery points can be removed before their time. */
public enum Immutability {
    /** Administrators may delete points and shorten retention. */
    OFF,
    /** Nobody may, but the setting itself can be turned off again. */
    ON,
    /** Nobody may, for ever. */
    LOCKED
}
