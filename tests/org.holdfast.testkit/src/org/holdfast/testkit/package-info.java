/**
 * Helpers that the tests of several bundles share: trees of files to back up, stores that fail on purpose, clocks that
 * jump. No product contains this bundle.
 */
@Version("1.0.0")
package org.holdfast.testkit;

import org.osgi.annotation.versioning.Version;
