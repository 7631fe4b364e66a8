/** People, audit, vault credentials and the registration of servers, as they travel. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.protocol.people;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
