/**
 * Files and directories of this machine as a place to protect and to restore to: lists, reads and writes entries with
 * their complete metadata and data with its holes. Policy (what to skip, how to handle conflicts) is the engine's.
 */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.source.files;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
