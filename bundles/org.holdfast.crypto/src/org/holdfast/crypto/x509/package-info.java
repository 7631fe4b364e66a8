/**
 * X.509 as vault and agents use it (RFC 5280, RFC 2986): keys on P-256, PEM, certificate requests, and an authority
 * that signs them. Bouncy Castle builds the structures, the JDK computes.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.crypto.x509;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
