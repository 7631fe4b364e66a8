/** Who is told what: rules over alerts, grouping and muting, mail and signed web hooks. */
@Version("1.0.0")
package org.holdfast.notify;

import org.osgi.annotation.versioning.Version;
