/** How a program of a person gets a token of an identity provider, to be exchanged for a session of a vault. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.api.spi.signin;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
