/**
 * Helpers that the tests of several bundles share: trees of files to back up, stores that fail on purpose, clocks that
 * jump. No product contains this bundle.
 */
package org.holdfast.testkit;
