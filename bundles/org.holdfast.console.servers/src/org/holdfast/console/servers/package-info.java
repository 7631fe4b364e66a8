/** The protected servers of all vault servers as one list, actions on many of them, and the connections themselves. */
@Version("1.0.0")
package org.holdfast.console.servers;

import org.osgi.annotation.versioning.Version;
