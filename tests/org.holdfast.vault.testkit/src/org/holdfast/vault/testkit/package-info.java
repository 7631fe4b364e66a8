/**
 * A whole vault node and an agent in one virtual machine, put together without a framework, for tests and rehearsals.
 */
@Version("1.0.0")
package org.holdfast.vault.testkit;

import org.osgi.annotation.versioning.Version;
