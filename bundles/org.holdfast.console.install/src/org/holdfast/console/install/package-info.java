/** Brings the agent to many servers over SSH and registers them: the wizard, its runs, and the line for other tools. */
@Version("1.0.0")
package org.holdfast.console.install;

import org.osgi.annotation.versioning.Version;
