/**
 * What tests need around blob stores: the suite that every store must pass, a store in memory, and a store that fails
 * on demand.
 */
@Version("1.0.0")
package org.holdfast.testkit.store;

import org.osgi.annotation.versioning.Version;
