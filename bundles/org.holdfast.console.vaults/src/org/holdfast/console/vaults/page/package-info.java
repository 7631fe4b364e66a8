/**
 * Pages of the vault editor, for this bundle and for plug-ins: see {@link org.holdfast.console.vaults.page.VaultPage}
 * and the extension point {@code org.holdfast.console.vaults.storeEditor}.
 */
@Version("1.0.0")
package org.holdfast.console.vaults.page;

import org.osgi.annotation.versioning.Version;
