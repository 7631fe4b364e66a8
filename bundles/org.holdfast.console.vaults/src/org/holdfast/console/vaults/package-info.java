/** The vaults of all vault servers, making new ones, the files that register servers with them, and their policies. */
@Version("1.0.0")
package org.holdfast.console.vaults;

import org.osgi.annotation.versioning.Version;
