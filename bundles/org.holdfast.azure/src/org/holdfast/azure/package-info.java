/**
 * Azure without a shared key: which identity this program has there, by configuration and with an explanation, and the
 * one HTTP transport that every client of the Azure SDK is given.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.azure;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
