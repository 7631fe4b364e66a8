/**
 * How the agent gets onto many servers at once: lists of hosts, the way to them over SSH, checks, upload, installation,
 * registration and the first contact, in parallel, each host with its step, log and outcome; and where their
 * passphrases are kept. Knows no user interface: whoever shows it listens.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.agent.install;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
