/** What happens in the fleet: the jobs of all vault servers. */
@Version("1.0.0")
package org.holdfast.console.monitor;

import org.osgi.annotation.versioning.Version;
