/**
 * What stores that are far away have in common: bytes that wait to be sent, bytes that were read ahead, permission for
 * others to reach an object without the store's own credentials, and a look at how the place is kept.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.spi.store.remote;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
