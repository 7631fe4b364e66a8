/** Parts, editor, wizard and their texts; only its own tests see them. */
@Version("1.0.0")
package org.holdfast.console.policies.internal;

import org.osgi.annotation.versioning.Version;
