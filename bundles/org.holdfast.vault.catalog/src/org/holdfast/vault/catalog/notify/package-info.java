/** Who is told of alerts: targets, rules, what is new, and the queue of messages. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.vault.catalog.notify;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
