/**
 * What the console knows of vaults, without a widget in sight: connections that are opened and asked off the caller's
 * thread, a bounded cache of listings, and failures in the words a person is told. Everything a view shows comes from
 * here, so all of it can be tested without a window.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.console.client;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
