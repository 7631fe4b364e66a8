/** Who is told of alerts, as values that vault, command line and console share: targets, rules and messages. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.notify;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
