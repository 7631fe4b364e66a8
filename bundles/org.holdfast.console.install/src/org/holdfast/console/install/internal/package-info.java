/** Wizards, parts and actions; only its own tests see them. */
@Version("1.0.0")
package org.holdfast.console.install.internal;

import org.osgi.annotation.versioning.Version;
