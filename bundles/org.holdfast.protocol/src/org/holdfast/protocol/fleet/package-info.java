/**
 * What people's programs ask of a vault about its fleet; the answers are the values of {@code org.holdfast.api.fleet}
 * and {@code org.holdfast.api.policy} as JSON.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.protocol.fleet;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
