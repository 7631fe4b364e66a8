/** The vaults of all vault servers, making new ones, and the files that register servers with them. */
@Version("1.0.0")
package org.holdfast.console.vaults;

import org.osgi.annotation.versioning.Version;
