/** How a node is seen from outside: health, metrics, and an audit trail that shows when it was altered. */
@Version("1.0.0")
package org.holdfast.observe;

import org.osgi.annotation.versioning.Version;
