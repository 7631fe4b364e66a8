/**
 * The way to a vault over HTTPS: trust, identity, calls with retries, problems as exceptions, events as a stream. It is
 * what the agent, the command line and the console have in common.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.client;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
