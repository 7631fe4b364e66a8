/** What is registered and how far it is, without widgets. */
@Version("1.0.0")
package org.holdfast.console.install.internal.run;

import org.osgi.annotation.versioning.Version;
