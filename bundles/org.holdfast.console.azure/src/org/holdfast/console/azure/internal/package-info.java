/** Parts, wizards and jobs; only their own tests see them. */
@Version("1.0.0")
package org.holdfast.console.azure.internal;

import org.osgi.annotation.versioning.Version;
