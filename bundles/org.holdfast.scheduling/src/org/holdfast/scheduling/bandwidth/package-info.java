/**
 * How fast an agent may send at a given moment, and when that changes next. Pure functions of their arguments.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.scheduling.bandwidth;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
