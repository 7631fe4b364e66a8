/**
 * A vault in memory for tests of the console: recovery points with small trees and with directories of a million
 * entries, gates that hold an operation until the test lets it go on, and a record of everything that was asked.
 */
@Version("1.0.0")
package org.holdfast.console.testkit;

import org.osgi.annotation.versioning.Version;
