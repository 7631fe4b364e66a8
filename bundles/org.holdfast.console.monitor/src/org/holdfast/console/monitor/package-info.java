/** What happens in the fleet and what went wrong: jobs and alerts of all vault servers. */
@Version("1.0.0")
package org.holdfast.console.monitor;

import org.osgi.annotation.versioning.Version;
