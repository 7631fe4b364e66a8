/** Backup, restore, browse, verify, retain and compact: pipelines over the format, sources and stores. */
@Version("1.0.0")
package org.holdfast.engine;

import org.osgi.annotation.versioning.Version;
