/** What happens in a node, told live: events for whoever watches, and signals that wake whoever waits. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.events;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
