/**
 * A blob store in a directory of any file system: local disk, USB disk, NFS or SMB share. Objects are plain files that
 * appear by a hard link after their bytes are on the disk, so several processes can share one directory without locks.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.store.directory;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
