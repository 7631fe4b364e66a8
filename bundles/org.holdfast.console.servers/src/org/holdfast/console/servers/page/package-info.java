/**
 * Pages of the server editor, for this bundle and for plug-ins: see
 * {@link org.holdfast.console.servers.page.ServerPage} and the extension point
 * {@code org.holdfast.console.servers.serverPage}.
 */
@Version("1.0.0")
package org.holdfast.console.servers.page;

import org.osgi.annotation.versioning.Version;
