/** What agents and vault say about sessions, objects and recovery points. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.protocol.data;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
