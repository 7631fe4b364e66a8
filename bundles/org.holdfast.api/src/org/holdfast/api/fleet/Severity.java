package org.holdfast.api.fleet;

/** How much an alert matters, the least first. */
public enum Severity {
    /** Good to know. */
    INFO,
    /** Should be looked at. */
    WARNING,
    /** Data is not protected as it should be. */
    CRITICAL
}
