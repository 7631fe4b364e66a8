/**
 * A vault server on this computer: finds its program, starts it for this user alone, signs in to it and stops it. It is
 * a process of its own that goes on when the console ends.
 */
@Version("1.0.0")
package org.holdfast.console.client.local;

import org.osgi.annotation.versioning.Version;
