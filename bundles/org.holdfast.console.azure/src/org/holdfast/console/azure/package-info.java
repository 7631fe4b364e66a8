/** Azure in the console: a vault's place in a subscription, and Recovery Services vaults. */
@Version("1.0.0")
package org.holdfast.console.azure;

import org.osgi.annotation.versioning.Version;
