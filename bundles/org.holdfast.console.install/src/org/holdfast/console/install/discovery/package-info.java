/**
 * Where hosts come from that can be registered, for plug-ins: see
 * {@link org.holdfast.console.install.discovery.ServerDiscovery} and the extension point
 * {@code org.holdfast.console.install.serverDiscovery}.
 */
@Version("1.0.0")
package org.holdfast.console.install.discovery;

import org.osgi.annotation.versioning.Version;
