/**
 * What vault and agent say to each other besides the data: the long poll that is the heartbeat, orders, reports of
 * jobs, and the sealed questions and answers that the vault only passes on. Later versions add components and never
 * change the meaning of one; a component added later is nullable, because an older program leaves it out.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.protocol.agent;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
